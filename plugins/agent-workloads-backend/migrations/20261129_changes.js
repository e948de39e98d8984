// @ts-check

/**
 * What completed runs changed. Texts of other people's sites have no bound of their own, so they are `text`; what is looked
 * for by an index is short. Times are milliseconds since the epoch, which every database orders alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('completed_runs', table => {
    table.comment('Completed runs whose report was taken in, each once');
    table.increments('id');
    table.string('cluster', 255).notNullable();
    table.string('namespace', 255).notNullable();
    table.string('workload_name', 255).notNullable();
    table.string('workload_uid', 255).notNullable();
    table.string('workflow_uid', 255).notNullable();
    table.string('report_sha256', 64).notNullable();
    table.bigInteger('completed_at').notNullable();
    table.bigInteger('taken_in_at').notNullable();
    table
      .text('requested_by')
      .comment('Name in the cluster; what the permission rules look at');
    table.boolean('four_eyes').notNullable();
    table
      .text('baseline')
      .comment('JSON {name, completedAt}; of the same namespace');
    table.unique(['cluster', 'workload_uid']);
    table.index(['cluster', 'namespace', 'completed_at']);
  });
  await knex.schema.createTable('changes', table => {
    table.comment('Changes of completed runs, in the order of their reports');
    table
      .integer('run_id')
      .unsigned()
      .notNullable()
      .references('id')
      .inTable('completed_runs')
      .onDelete('CASCADE');
    table.string('cluster', 255).notNullable();
    table.string('namespace', 255).notNullable();
    table.string('workload_name', 255).notNullable();
    table.string('workload_uid', 255).notNullable();
    table.integer('position').notNullable();
    table.bigInteger('completed_at').notNullable();
    table.text('url').notNullable();
    table.string('host', 255).notNullable();
    table.text('company').notNullable();
    table.text('company_key').notNullable().comment('Both, in lower case');
    table.string('class', 10).notNullable();
    table.string('fact_kind', 20).notNullable();
    table.string('kind', 10).notNullable();
    table.string('aspect', 20);
    table.text('subject').notNullable();
    table.text('before').comment('JSON {subject, value, unit, state}');
    table.text('after').comment('The same');
    table
      .text('before_proof')
      .comment('JSON: where it stands in what that run saved');
    table.text('after_proof').comment('The same');
    table.text('attributes').comment('JSON list');
    table.text('suspect').comment('JSON list; null where nothing is unusual');
    table.double('confidence');
    table.string('fact_id', 64);
    table.unique(['cluster', 'workload_uid', 'position']);
    table.index(['completed_at', 'run_id', 'position']);
    table.index(['cluster', 'namespace', 'completed_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('changes');
  await knex.schema.dropTable('completed_runs');
};
