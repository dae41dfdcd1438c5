-- The databases and roles that the services need: the same that the local stack makes, each role with a password of its
-- own from the environment (`make secrets` makes them). Grants on tables and row-level security are the migrations' work.
-- Run once, by psql, when the server has no data yet.
\getenv registry_owner REGISTRY_OWNER_PASSWORD
\getenv registry_app REGISTRY_APP_PASSWORD
\getenv registry_relay REGISTRY_RELAY_PASSWORD
\getenv plans_owner PLANS_OWNER_PASSWORD
\getenv plans_app PLANS_APP_PASSWORD
\getenv plans_relay PLANS_RELAY_PASSWORD
\getenv evaluation_owner EVALUATION_OWNER_PASSWORD
\getenv evaluation_app EVALUATION_APP_PASSWORD
\getenv evaluation_relay EVALUATION_RELAY_PASSWORD
\getenv feedback_owner FEEDBACK_OWNER_PASSWORD
\getenv feedback_app FEEDBACK_APP_PASSWORD
\getenv feedback_relay FEEDBACK_RELAY_PASSWORD
\getenv notify_owner NOTIFY_OWNER_PASSWORD
\getenv notify_app NOTIFY_APP_PASSWORD
\getenv notify_relay NOTIFY_RELAY_PASSWORD
\getenv portal_owner PORTAL_OWNER_PASSWORD
\getenv portal_app PORTAL_APP_PASSWORD
\getenv portal_relay PORTAL_RELAY_PASSWORD
\getenv integrations_owner INTEGRATIONS_OWNER_PASSWORD
\getenv integrations_app INTEGRATIONS_APP_PASSWORD
\getenv integrations_relay INTEGRATIONS_RELAY_PASSWORD
\getenv temporal TEMPORAL_PASSWORD
\set services '{registry,plans,evaluation,feedback,notify,integrations,portal}'

create role registry_owner login password :'registry_owner';
create role registry_app login password :'registry_app';
create role registry_relay login password :'registry_relay';
create role plans_owner login password :'plans_owner';
create role plans_app login password :'plans_app';
create role plans_relay login password :'plans_relay';
create role evaluation_owner login password :'evaluation_owner';
create role evaluation_app login password :'evaluation_app';
create role evaluation_relay login password :'evaluation_relay';
create role feedback_owner login password :'feedback_owner';
create role feedback_app login password :'feedback_app';
create role feedback_relay login password :'feedback_relay';
create role notify_owner login password :'notify_owner';
create role notify_app login password :'notify_app';
create role notify_relay login password :'notify_relay';
create role portal_owner login password :'portal_owner';
create role portal_app login password :'portal_app';
create role portal_relay login password :'portal_relay';
create role integrations_owner login password :'integrations_owner';
create role integrations_app login password :'integrations_app';
create role integrations_relay login password :'integrations_relay';

select format('create database %I owner %I', 'kinerja_' || service, service || '_owner')
from unnest(:'services'::text[]) service \gexec

select format('revoke connect, temporary on database %I from public', 'kinerja_' || service)
from unnest(:'services'::text[]) service \gexec

select format('grant connect on database %I to %I', 'kinerja_' || service, service || '_' || kind)
from unnest(:'services'::text[]) service, unnest('{app,relay}'::text[]) kind \gexec

-- Temporal makes its own two databases.
create role temporal login createdb password :'temporal';
