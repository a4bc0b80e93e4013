"""Alembic's migrations of the tables; run by `Database.migrate`."""
