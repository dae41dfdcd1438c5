"""What the sender asks of the database, for all cities at once; each is one statement, and several senders share the work."""

# Of the sender's connection: each statement finds some rows among perhaps millions, but the planner expects a hundred of every
# batch and, while the table is small, reads all of it at every end of a delivery.
BY_INDEX = "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off"

# An endpoint goes at most so far at a time, so that one that was paused for months does not hold up the others. Positions
# are given under the lock of the city's chain: none comes later below one that was seen. What stands behind an earlier
# message of its subject has no next attempt yet: nobody need look at it. Not `not exists`, which the planner may answer by
# reading all that waits; and not "of this subject the first", which it may look for among all that the endpoint ever got,
# but "from this subject on the first", which one index alone can say, whatever the planner thinks of the subjects.
FAN_OUT = """
with ready as (
    select e.tenant_id, e.id, e.types, e.position, least(h.position, e.position + $1::bigint) as until
    from endpoints e join feed_heads h on h.tenant_id = e.tenant_id and h.position > e.position
    where e.state = 'ACTIVE' order by e.tenant_id, e.id for update of e skip locked
), made as (
    insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, position, type, subject, replay, state, attempts,
                            next_at, created_at)
    select tenant_id, gen_random_uuid(), endpoint_id, event_id, position, type, subject, 0, 'PENDING', 0,
        case when place = 1 and (
            select w.subject from webhook_deliveries w where w.tenant_id = told.tenant_id and w.endpoint_id = told.endpoint_id
                and w.state = 'PENDING' and (w.subject, w.seq) > (told.subject, 0) order by w.subject, w.seq limit 1
            ) is distinct from told.subject then now() end, now()
    from (select f.*, r.id as endpoint_id, row_number() over (partition by r.id, f.subject order by f.position) as place
          from ready r join feed f on f.tenant_id = r.tenant_id
          and f.position > r.position and f.position <= r.until and f.type = any(r.types)
          order by f.position) told
    returning 1
), moved as (
    update endpoints e set position = r.until from ready r where e.tenant_id = r.tenant_id and e.id = r.id returning 1
)
select count(*) from moved
"""

# Each endpoint has its own few places, so that one that hangs fills no more than them; one that fails has a single one. Of a
# subject only the oldest message is on its way: a claim looks at what is due, by its index, and asks of each whether it is
# the oldest. Not `not exists`, which the planner turns into a join over the whole backlog. A claim pushes the next attempt
# beyond its lease: who dies loses it. Whose machine has lost its role is sent nothing.
CLAIM = """
with busy as (select * from unnest($2::uuid[], $3::int[]) as b(id, places)), due as (
    select d.tenant_id, d.id
    from endpoints e
    join callers c on c.tenant_id = e.tenant_id and c.id = e.owner_id and c.active and 'INTEGRATOR' = any(c.roles)
    left join busy on busy.id = e.id
    cross join lateral (
        select d.tenant_id, d.id from webhook_deliveries d
        where d.tenant_id = e.tenant_id and d.endpoint_id = e.id and d.state = 'PENDING' and d.next_at <= now()
            and d.seq = (select oldest.seq from webhook_deliveries oldest
                         where oldest.tenant_id = d.tenant_id and oldest.endpoint_id = d.endpoint_id
                             and oldest.state = 'PENDING' and (oldest.subject, oldest.seq) > (d.subject, 0)
                         order by oldest.subject, oldest.seq limit 1)
        order by d.next_at, d.seq
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
returning d.tenant_id, d.id, d.endpoint_id, d.event_id, d.replay, d.attempts, coalesce(d.body, f.body) as body,
    coalesce(d.traceparent, f.traceparent) as traceparent, e.url, e.secret,
    case when e.former_until > now() then e.former_secret end as former_secret
"""

# The log, the state of the message and that of its endpoint in one: none of them is told without the others. Behind what is
# done with it is the next one's turn. What is told is found by its id: it says "not yet delivered or failed" because of
# "state = 'PENDING'" the planner would make a walk through the index of all that waits.
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
    from done where d.tenant_id = done.tenant_id and d.id = done.id and d.state not in ('DELIVERED', 'FAILED')
), turned as (
    update webhook_deliveries d set next_at = now()
    from done join webhook_deliveries o on o.tenant_id = done.tenant_id and o.id = done.id
    cross join lateral (
        select w.tenant_id, w.id, w.subject from webhook_deliveries w
        where w.tenant_id = o.tenant_id and w.endpoint_id = o.endpoint_id
            and w.state = 'PENDING' and (w.subject, w.seq) > (o.subject, o.seq)
        order by w.subject, w.seq limit 1
    ) following
    where done.state <> 'PENDING' and following.subject = o.subject and d.tenant_id = following.tenant_id and d.id = following.id and d.next_at is null
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

# Two senders, or a sender and somebody who asks for a repetition, may miss each other: one adds a message behind another
# that the other one is done with. Its turn comes by this, one pass over what waits.
TURN = """
update webhook_deliveries d set next_at = now()
from (
    select distinct on (tenant_id, endpoint_id, subject) tenant_id, id, next_at from webhook_deliveries
    where state = 'PENDING' order by tenant_id, endpoint_id, subject, seq
) oldest
where oldest.next_at is null and d.tenant_id = oldest.tenant_id and d.id = oldest.id and d.next_at is null
"""
