"""What the sender asks of the database, for all cities at once; each is one statement, and several senders share the work."""

# An endpoint goes at most so far at a time, so that one that was paused for months does not hold up the others. Positions
# are given under the lock of the city's chain: none comes later below one that was seen.
FAN_OUT = """
with ready as (
    select e.tenant_id, e.id, e.types, e.position, least(h.position, e.position + $1::bigint) as until
    from endpoints e join feed_heads h on h.tenant_id = e.tenant_id and h.position > e.position
    where e.state = 'ACTIVE' order by e.tenant_id, e.id for update of e skip locked
), made as (
    insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, position, type, subject, replay, state, attempts,
                            next_at, created_at)
    select tenant_id, gen_random_uuid(), endpoint_id, event_id, position, type, subject, 0, 'PENDING', 0, now(), now()
    from (select f.*, r.id as endpoint_id from ready r join feed f on f.tenant_id = r.tenant_id
          and f.position > r.position and f.position <= r.until and f.type = any(r.types)
          order by f.position) told
    returning 1
), moved as (
    update endpoints e set position = r.until from ready r where e.tenant_id = r.tenant_id and e.id = r.id returning 1
)
select count(*) from moved
"""

# Each endpoint has its own few places, so that one that hangs fills no more than them; one that fails has a single one. Of a
# subject only the oldest message is on its way. A claim pushes the next attempt beyond its lease: who dies loses it.
# Whose machine has lost its role is sent nothing.
CLAIM = """
with busy as (select * from unnest($2::uuid[], $3::int[]) as b(id, places)), due as (
    select d.tenant_id, d.id
    from endpoints e
    join callers c on c.tenant_id = e.tenant_id and c.id = e.owner_id and c.active and 'INTEGRATOR' = any(c.roles)
    left join busy on busy.id = e.id
    cross join lateral (
        select d.tenant_id, d.id from webhook_deliveries d
        where d.tenant_id = e.tenant_id and d.endpoint_id = e.id and d.state = 'PENDING' and d.next_at <= now()
            and not exists (select from webhook_deliveries earlier
                            where earlier.tenant_id = d.tenant_id and earlier.endpoint_id = d.endpoint_id
                                and earlier.subject = d.subject and earlier.state = 'PENDING' and earlier.seq < d.seq)
        order by d.seq
        limit greatest(0, case when e.failing_since is null then $4::int else 1 end - coalesce(busy.places, 0))
        for update of d skip locked
    ) d
    where e.state = 'ACTIVE'
    limit $1
)
update webhook_deliveries d set attempts = d.attempts + 1, next_at = now() + $5
from due join webhook_deliveries w on w.tenant_id = due.tenant_id and w.id = due.id
    join endpoints e on e.tenant_id = w.tenant_id and e.id = w.endpoint_id
    left join feed f on f.tenant_id = w.tenant_id and f.position = w.position
where d.tenant_id = due.tenant_id and d.id = due.id
returning d.tenant_id, d.id, d.endpoint_id, d.event_id, d.replay, d.attempts, coalesce(d.body, f.body) as body, e.url,
    e.secret, case when e.former_until > now() then e.former_secret end as former_secret
"""

# The log, the state of the message and that of its endpoint in one: none of them is told without the others.
FINISH = """
with done as (
    select * from jsonb_to_recordset($1::jsonb) as o(tenant_id text, id uuid, endpoint_id uuid, state text, wait float8,
        attempt uuid, number smallint, at timestamptz, url text, headers jsonb, status smallint, answer text, error text,
        milliseconds integer)
), logged as (
    insert into webhook_attempts (tenant_id, id, delivery_id, number, at, url, headers, status, answer, error, milliseconds)
    select d.tenant_id, done.attempt, d.id, done.number, done.at, done.url, done.headers, done.status, done.answer,
        done.error, done.milliseconds
    from done join webhook_deliveries d on d.tenant_id = done.tenant_id and d.id = done.id
), told as (
    update webhook_deliveries d set state = done.state, next_at = now() + make_interval(secs => done.wait),
        delivered_at = case when done.state = 'DELIVERED' then now() end
    from done where d.tenant_id = done.tenant_id and d.id = done.id and d.state = 'PENDING'
), ends as (
    select tenant_id, endpoint_id, bool_or(state = 'DELIVERED') as received from done group by tenant_id, endpoint_id
)
update endpoints e set failing_since = case when ends.received then null else coalesce(e.failing_since, now()) end
from ends where e.tenant_id = ends.tenant_id and e.id = ends.endpoint_id
    and (e.failing_since is null) is distinct from ends.received
"""

FAILING = """
select tenant_id, id, failing_since from endpoints where state = 'ACTIVE' and failing_since <= now() - $1::interval
"""
