// @ts-check

/** Of what happened before it, nobody is told: it is the time of the first start with this table. */
const SINCE = 'since';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('notices', table => {
    table.comment('What people were told of, so that each is told once');
    table.string('key', 512).primary();
    table.bigInteger('told_at').notNullable().index();
  });
  await knex('notices').insert({ key: SINCE, told_at: Date.now() });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('notices');
};
