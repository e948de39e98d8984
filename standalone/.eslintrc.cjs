module.exports = { root: true, ...require('../.eslintrc.packages.cjs') };
