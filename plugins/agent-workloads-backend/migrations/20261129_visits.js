// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('change_visits', table => {
    table.comment('When each person last looked at the changes');
    table.string('user_ref', 255).primary();
    table.bigInteger('visited_at').notNullable();
    table
      .bigInteger('unread_since')
      .comment('Of the visit that goes on; null on the first');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_visits');
};
