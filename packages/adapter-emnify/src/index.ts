export { operations } from './operations/index.js';
