import { inputError } from '@carrierkit/core';

/** A vendor's name in every spelling that code and texts need. */
export interface Names {
  /** `acme-mobile`: the adapter's short name, as config files say it. */
  readonly slug: string;
  /** `acmeMobile` */
  readonly camel: string;
  /** `AcmeMobile` */
  readonly pascal: string;
  /** `ACME_MOBILE` */
  readonly constant: string;
  /** `Acme Mobile` */
  readonly title: string;
}

const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST = 40;
/** Our own short names come first wherever an adapter is looked for; the others are exports that stand beside the new one. */
const TAKEN: ReadonlySet<string> = new Set(['truphone', 'emnify', 'subscriptions', 'adapter', 'operations']);
/** ECMAScript's, and what a module may not call its own. */
const RESERVED: ReadonlySet<string> = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/** @throws `input` for what makes no name of a package, a function and a config entry at once */
export function namesOf(name: string): Names {
  if (!SLUG.test(name) || name.length > LONGEST)
    throw inputError(
      'NAME',
      `expected up to ${LONGEST} lower-case letters, digits and single dashes, such as acme-mobile`,
    );
  if (TAKEN.has(name) || RESERVED.has(name)) throw inputError('NAME', `'${name}' is taken; choose another name`);
  const words = name.split('-');
  const title = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return {
    slug: name,
    camel: [words[0], ...title.slice(1)].join(''),
    pascal: title.join(''),
    constant: words.join('_').toUpperCase(),
    title: title.join(' '),
  };
}
