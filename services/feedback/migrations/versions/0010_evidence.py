"""Evidence says what it is and where it lies: what was written as bare words becomes a document with those words.

Row-level security is forced on the owner as well, so it steps aside while the rows of every city are carried over.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TABLES = ("feedbacks", "clarifications", "objections")


def upgrade() -> None:
    """Blank words pointed to nothing and go."""
    op.execute("set local lock_timeout = '5s'")
    for table in _TABLES:
        op.execute(f"alter table {table} no force row level security")
        op.execute(
            f"""
            update {table} t set evidence = (
                select coalesce(jsonb_agg(case when jsonb_typeof(one) = 'string' then jsonb_build_object(
                        'kind', 'DOCUMENT', 'title', left(btrim(one #>> '{{}}'), 200),
                        'reference', left(btrim(one #>> '{{}}'), 500), 'count', null, 'on', null)
                    else one end order by place), '[]'::jsonb)
                from jsonb_array_elements(t.evidence) with ordinality as given(one, place)
                where jsonb_typeof(one) <> 'string' or btrim(one #>> '{{}}') <> ''
            ) where jsonb_array_length(evidence) > 0
            """
        )
        op.execute(f"alter table {table} force row level security")
