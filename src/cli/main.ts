#!/usr/bin/env node
import { commandLine } from './command-line.ts';

// A reader that closes early (`| head`) is not an error: the command ends as it would have.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await commandLine(process.argv.slice(2));
