import type { PolicyBook } from './policy-book.js';

/**
 * The law as it stands now: the shipped parameters with every approved change laid over them. Who decides by it asks for the
 * book at the moment of deciding, and keeps that one book until the decision is made.
 */
export abstract class PolicyInForce {
  abstract get book(): PolicyBook;
}
