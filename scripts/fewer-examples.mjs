import { configureGlobal } from 'fast-check';

// What a property finds, it mostly finds soon; thousands of mutants need not each be tried with a hundred examples, nor a failure be made small.
configureGlobal({ numRuns: 25, endOnFailure: true });
