import { writeFileSync } from 'node:fs';
import { solverPage } from './solver-page.ts';

writeFileSync(new URL('solvers.md', import.meta.url), solverPage());
