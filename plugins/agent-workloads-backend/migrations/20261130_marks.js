// @ts-check

/**
 * What people say of a change, and what else is known of its run: both go when the run's row goes.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('completed_runs', table => {
    table
      .string('entity_ref', 255)
      .comment('Catalog entity that the report belongs to');
    table.text('objective').comment('What the run asked');
    table
      .text('manifest')
      .comment('JSON {bucket, key, sha256}: the list of what the run saved');
    table.index(['entity_ref']);
  });
  /** @param {import('knex').Knex.CreateTableBuilder} table */
  const change = table => {
    table
      .integer('run_id')
      .unsigned()
      .notNullable()
      .references('id')
      .inTable('completed_runs')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
  };
  await knex.schema.createTable('changes_wrong', table => {
    table.comment('Changes that somebody says are none, each once');
    change(table);
    table.string('marked_by', 255).notNullable().comment('Entity reference');
    table.bigInteger('marked_at').notNullable();
    table.text('reason').notNullable();
    table.primary(['run_id', 'position']);
  });
  await knex.schema.createTable('changes_seen', table => {
    table.comment('What each person has put aside for themselves');
    change(table);
    table.string('user_ref', 255).notNullable();
    table.bigInteger('seen_at').notNullable();
    table.primary(['user_ref', 'run_id', 'position']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('changes_seen');
  await knex.schema.dropTable('changes_wrong');
  await knex.schema.alterTable('completed_runs', table => {
    table.dropIndex(['entity_ref']);
    table.dropColumns('entity_ref', 'objective', 'manifest');
  });
};
