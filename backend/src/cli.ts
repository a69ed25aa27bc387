import 'reflect-metadata';
import { runCli } from './cli/run.js';

runCli(process.argv.slice(2), process.env, {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
}).then((code) => process.exit(code));
