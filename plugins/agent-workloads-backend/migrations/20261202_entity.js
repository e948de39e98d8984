// @ts-check

/**
 * The catalog takes `Component:default/Tidepool` and `component:default/tidepool` for one entity. Rows of before have it as the run's
 * spec does; from now on they have it in lower case.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex('completed_runs')
    .whereNotNull('entity_ref')
    .update({ entity_ref: knex.raw('lower(entity_ref)') });
};

/** How it was written is not known any more; nothing needs it. */
exports.down = async function down() {};
