"""The first tables. Every column that holds a person's words or files is sealed (encrypted) from the start."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=True),
    sa.Column('conversation_id', sa.String(length=32), nullable=True),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('mac', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit'))
    )
    op.create_table('cases',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('retain_until', sa.Date(), nullable=False),
    sa.Column('questions', sa.LargeBinary(), nullable=False),
    sa.Column('notes', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases'))
    )
    op.create_index(op.f('ix_cases_retain_until'), 'cases', ['retain_until'], unique=False)
    op.create_table('keyring',
    sa.Column('name', sa.String(length=16), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_keyring'))
    )
    op.create_table('conversations',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('sender_id', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('active_at', sa.DateTime(), nullable=False),
    sa.Column('consented_at', sa.DateTime(), nullable=True),
    sa.Column('case_id', sa.String(length=32), nullable=True),
    sa.Column('asked', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_conversations_case_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations')),
    sa.UniqueConstraint('sender_id', name=op.f('uq_conversations_sender_id'))
    )
    op.create_index(op.f('ix_conversations_case_id'), 'conversations', ['case_id'], unique=False)
    op.create_table('codes',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=16), nullable=False),
    sa.Column('conversation_id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=True),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_codes_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_codes_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_codes'))
    )
    op.create_index(op.f('ix_codes_case_id'), 'codes', ['case_id'], unique=False)
    op.create_index(op.f('ix_codes_conversation_id'), 'codes', ['conversation_id'], unique=False)
    op.create_table('documents',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('added_by', sa.String(length=32), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['conversations.id'], name=op.f('fk_documents_added_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_documents_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_documents')),
    sa.UniqueConstraint('id', name=op.f('uq_documents_id')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_documents_added_by'), 'documents', ['added_by'], unique=False)
    op.create_index(op.f('ix_documents_case_id'), 'documents', ['case_id'], unique=False)
    op.create_table('entries',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=True),
    sa.Column('direction', sa.String(length=3), nullable=False),
    sa.Column('message', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_entries_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_entries_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_entries')),
    sa.UniqueConstraint('conversation_id', 'direction', 'message', name=op.f('uq_entries_conversation_id')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_entries_case_id'), 'entries', ['case_id'], unique=False)
    op.create_table('facts',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('who', sa.String(length=16), nullable=False),
    sa.Column('added_by', sa.String(length=32), nullable=True),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.Column('retracted_at', sa.DateTime(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['conversations.id'], name=op.f('fk_facts_added_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_facts_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_facts')),
    sa.UniqueConstraint('id', name=op.f('uq_facts_id')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_facts_added_by'), 'facts', ['added_by'], unique=False)
    op.create_index(op.f('ix_facts_case_id'), 'facts', ['case_id'], unique=False)
    op.create_table('held',
    sa.Column('conversation_id', sa.String(length=32), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_held_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', name=op.f('pk_held'))
    )
    op.create_table('members',
    sa.Column('conversation_id', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.String(length=32), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_members_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_members_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'case_id', name=op.f('pk_members'))
    )
    op.create_index(op.f('ix_members_case_id'), 'members', ['case_id'], unique=False)
    op.create_table('trackers',
    sa.Column('sender_id', sa.String(length=80), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['sender_id'], ['conversations.sender_id'], name=op.f('fk_trackers_sender_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sender_id', name=op.f('pk_trackers'))
    )
    op.create_table('turns',
    sa.Column('conversation_id', sa.String(length=32), nullable=False),
    sa.Column('client', sa.String(length=64), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_turns_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'client', name=op.f('pk_turns'))
    )
    op.create_table('buttons',
    sa.Column('conversation_id', sa.String(length=32), nullable=False),
    sa.Column('button', sa.String(length=64), nullable=False),
    sa.Column('entry_seq', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_buttons_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entry_seq'], ['entries.seq'], name=op.f('fk_buttons_entry_seq'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'button', name=op.f('pk_buttons'))
    )
    op.create_index(op.f('ix_buttons_entry_seq'), 'buttons', ['entry_seq'], unique=False)
    op.create_table('files',
    sa.Column('document_id', sa.String(length=32), nullable=False),
    sa.Column('format', sa.String(length=16), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_files_document_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_id', 'format', name=op.f('pk_files'))
    )
