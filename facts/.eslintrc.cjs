module.exports = require('../.eslintrc.packages.cjs')(__dirname);
