import { type Answer, json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { faultyFields, MUST_BE_PRESENT, notFound, ok, refused, unknownIccids } from './answers.js';
import type { LabelDefinition } from './labels.js';
import { equal, listed, pageOf } from './listing.js';
import { findSims, type Portal } from './portal.js';

type Tag = LabelDefinition<boolean>;

export function tagHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { tags, sims, switches } = portal;
  const show = (tag: Tag): object => ({
    label: tag.label,
    description: tag.description,
    simCards: members(portal, tag).map(sims.iccid),
  });

  const assign = (request: VendorRequest, carries: boolean): Answer => {
    const tag = tags.get(request.params['label'] ?? '');
    if (tag === undefined) return refused(404, `Invalid Tag '${request.params['label'] ?? ''}'.`);
    const { known, unknown } = findSims(portal, simCardsOf(request));
    if (unknown.length > 0) return unknownIccids(unknown);
    const changed = known.filter((index) => tags.set(tag, index, carries));
    report(portal, request, 'Tag', tag.label, changed, { label: tag.label });
    return ok();
  };

  return {
    listTags: (request) => {
      const rows = tags.list();
      return listed<Tag>(request, {
        length: rows.length,
        at: (place) => rows[place] as Tag,
        filters: {
          label: equal(({ label }) => label),
          simCard: (value) => {
            const index = sims.indexOf(value);
            return (tag) => index !== undefined && tags.value(tag, index);
          },
        },
        orderings: { label: ({ label }) => label, description: ({ description }) => description },
        show,
      });
    },
    createTag: (request) => {
      const { label, description } = request.body as { readonly label: string; readonly description: string };
      // The vendor documents no answer to a label that is taken; attributes have 409, tags list only 400.
      if (!tags.create(label, description)) return faultyFields({ label: [`Tag '${label}' already created.`] });
      portal.journal.audit(request, 'Tag', label, 'create');
      request.effect({ subject: [label] });
      return ok();
    },
    getTag: (request) => {
      const tag = tags.get(request.params['label'] ?? '');
      return tag === undefined ? notFound() : json(200, show(tag));
    },
    deleteTag: (request) => {
      const label = request.params['label'] ?? '';
      if (!tags.remove(label)) return notFound();
      portal.journal.audit(request, 'Tag', label, 'delete');
      request.effect({ subject: [label] });
      return ok();
    },
    listSimCardsWithTag: (request) => {
      const tag = tags.get(request.params['label'] ?? '');
      if (tag === undefined) return refused(404, `Invalid Tag '${request.params['label'] ?? ''}'.`);
      const rows = members(portal, tag);
      const page = pageOf<number>(request, {
        length: rows.length,
        at: (place) => rows[place] as number,
        filters: {},
        show: sims.iccid,
      });
      if ('refusal' in page) return page.refusal;
      const body = { simCards: page.rows.map(sims.iccid) };
      return json(200, switches.tagSimsShape === 'array' ? [body] : body, page.headers);
    },
    assignTagToSimCards: (request) => assign(request, true),
    unassignTagFromSimCards: (request) => assign(request, false),
  };
}

interface AttributeRow {
  readonly definition: LabelDefinition<string>;
  readonly index: number;
}

export function attributeHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { attributes, sims } = portal;
  return {
    listAttributes: (request) => {
      const definitions = attributes.list();
      return listed<AttributeRow>(request, {
        length: definitions.length * sims.size,
        at: (place) => ({
          definition: definitions[Math.floor(place / sims.size)] as LabelDefinition<string>,
          index: place % sims.size,
        }),
        filters: {
          simCard: (value) => {
            const wanted = sims.indexOf(value);
            return ({ index }) => index === wanted;
          },
          label: equal(({ definition }) => definition.label),
          value: equal(({ definition, index }) => attributes.value(definition, index)),
        },
        orderings: {
          label: ({ definition }) => definition.label,
          simCard: ({ index }) => index,
          value: ({ definition, index }) => attributes.value(definition, index),
        },
        show: ({ definition, index }) => ({
          simCard: sims.iccid(index),
          label: definition.label,
          value: attributes.value(definition, index),
        }),
      });
    },
    createAttribute: (request) => {
      const { label, description } = request.body as { readonly label: string; readonly description: string };
      if (!attributes.create(label, description)) {
        return refused(409, `Attribute '${label}' already created.`);
      }
      portal.journal.audit(request, 'Attribute', label, 'create');
      request.effect({ subject: [label] });
      return ok();
    },
    setAttributeValue: (request) => {
      const label = request.params['label'] ?? '';
      const definition = attributes.get(label);
      if (definition === undefined) return refused(404, `Invalid Attribute '${label}'.`);
      const { value } = request.body as { readonly value?: string };
      if (value === undefined) return refused(400, { value: [MUST_BE_PRESENT] });
      const { known, unknown } = findSims(portal, simCardsOf(request));
      // Printed without the `u` here.
      if (unknown.length > 0) return unknownIccids(unknown, '');
      const changed = known.filter((index) => attributes.set(definition, index, value));
      report(portal, request, 'Attribute', label, changed, { label, value });
      return ok();
    },
    deleteAttribute: (request) => {
      const label = request.params['label'] ?? '';
      if (!attributes.remove(label)) return refused(404, `Invalid Attribute '${label}'.`);
      portal.journal.audit(request, 'Attribute', label, 'delete');
      request.effect({ subject: [label] });
      return ok();
    },
  };
}

export function members({ sims, tags }: Portal, tag: Tag): number[] {
  const found: number[] = [];
  for (let index = 0; index < sims.size; index++) if (tags.value(tag, index)) found.push(index);
  return found;
}

/** The description makes sure that the list is there and not empty. */
function simCardsOf(request: VendorRequest): readonly string[] {
  return (request.body as { readonly simCards: readonly string[] }).simCards;
}

function report(
  portal: Portal,
  request: VendorRequest,
  objectType: string,
  object: string,
  changed: readonly number[],
  detail: object,
): void {
  if (changed.length === 0) return;
  portal.journal.audit(request, objectType, object, request.operationId);
  request.effect({ subject: changed.map(portal.sims.iccid), detail });
}
