-- The databases and roles that the services need: the same that the local stack makes. Grants on tables and row-level
-- security are the migrations' work. Run once, by psql, when the server has no data yet.
\getenv password SERVICES_PASSWORD
\set services '{registry,plans,evaluation,feedback,notify}'

select format('create role %I login password %L', service || '_' || kind, :'password')
from unnest(:'services'::text[]) service, unnest('{owner,app,relay}'::text[]) kind \gexec

select format('create database %I owner %I', 'kinerja_' || service, service || '_owner')
from unnest(:'services'::text[]) service \gexec

select format('revoke connect, temporary on database %I from public', 'kinerja_' || service)
from unnest(:'services'::text[]) service \gexec

select format('grant connect on database %I to %I', 'kinerja_' || service, service || '_' || kind)
from unnest(:'services'::text[]) service, unnest('{app,relay}'::text[]) kind \gexec

-- Temporal makes its own two databases.
select format('create role temporal login createdb password %L', :'password') \gexec
