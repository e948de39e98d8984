// @ts-check

/**
 * A portal that ends between its claim and the notice has told nobody: whoever comes next tells it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('notices', table => {
    table
      .boolean('sent')
      .notNullable()
      .defaultTo(true)
      .comment('Whether it was told, not only claimed');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('notices', table => {
    table.dropColumn('sent');
  });
};
