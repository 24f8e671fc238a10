import { configureGlobal } from 'fast-check';

// What a property finds, it mostly finds soon; thousands of mutants need not each be tried with a hundred examples, nor a failure be made small.
// The seed stands in the names of property tests, by which a mutant's tests are found again: with a new one in each run they would be left out.
configureGlobal({ numRuns: 25, endOnFailure: true, seed: 20_261_127 });
