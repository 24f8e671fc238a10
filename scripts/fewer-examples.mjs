import { configureGlobal } from 'fast-check';

// What a property finds, it mostly finds soon; thousands of mutants need not each be tried with a hundred examples.
configureGlobal({ numRuns: 25 });
