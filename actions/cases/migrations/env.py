"""What Alembic runs: the migrations, on the connection and in the transaction that `Database.migrate` gives it."""

from alembic import context

from actions.cases.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
