// Imports packages one after the other and prints how long that took. node support/import-client.mjs <name…>
const started = performance.now();
for (const name of process.argv.slice(2)) await import(name);
console.log(JSON.stringify({ ms: performance.now() - started }));
