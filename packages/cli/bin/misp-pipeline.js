#!/usr/bin/env node
// Plain old JavaScript: it must run on any Node to say which one is needed, and it must exist before the build.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 18)) {
  console.error(
    'misp-pipeline needs Node 22.18 or newer, this is ' +
      process.versions.node +
      '.\n' +
      'Without touching the system: npm install node@24, then npx misp-pipeline again.',
  );
  process.exit(1);
}
// These read something again on SIGHUP. Until they have loaded what does it, it would end them; they read everything after that.
if (process.argv.indexOf('schedule') > 1 || process.argv.indexOf('serve') > 1) process.on('SIGHUP', () => {});
import('../dist/main.js').then(
  (program) => program.main(),
  (error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist/.test(error.message)) throw error;
    console.error('misp-pipeline is not built yet: run pnpm build.');
    process.exit(1);
  },
);
