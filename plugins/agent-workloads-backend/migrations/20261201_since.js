// @ts-check

/**
 * What a price was before steps that were too small to show, or before it moved while the page could not be compared. Rows that were
 * taken in before this was kept do not have it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('changes', table => {
    table
      .text('since')
      .comment('JSON {was, percent}: what it was when last shown');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('changes', table => {
    table.dropColumn('since');
  });
};
