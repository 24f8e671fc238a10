// Imports one package and prints how long that took. node support/import-client.mjs <name>
const started = performance.now();
await import(process.argv[2]);
console.log(JSON.stringify({ ms: performance.now() - started }));
