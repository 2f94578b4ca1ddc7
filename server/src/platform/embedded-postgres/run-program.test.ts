// @module-tag platform
import { expect, test } from 'vitest';
import { runProgram } from './run-program.ts';

test.each([
  ['is not there', '/nowhere/initdb', 'ENOENT'],
  ['lies in what is no folder', '/etc/passwd/initdb', 'ENOTDIR'],
])('a program that %s has not run, and says why', async (_what, program, code) => {
  expect(await runProgram(program, [], null)).toEqual({
    status: null,
    output: expect.stringContaining(code) as string,
  });
});
