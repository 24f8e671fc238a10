import { json } from '../../framework/answer.js';
import type { Handler, VendorRequest } from '../../framework/vendor.js';
import { notFound } from './answers.js';
import { planName, TEMPLATE_COUNT } from './catalogue.js';
import { EARLY_OFFERING_ID, OFFERING_ID, TEMPLATE_ID } from './ids.js';
import type { Organisation } from './organisation.js';
import { halPage, listed, pageOf } from './paging.js';

export function templateHandlers(
  organisation: Organisation,
): Record<'listOrderTemplates' | 'getOrderTemplate', Handler> {
  const { ids, switches } = organisation;
  const early = switches.templateShape === 'early';
  const position = (id: string): number | undefined => templateIndex(organisation, id);
  const templates = listed(
    (from) => [...Array(TEMPLATE_COUNT).keys()].slice(from),
    (index) => ids.make(TEMPLATE_ID, index),
    position,
  );
  const whole = (request: VendorRequest, index: number) => {
    const id = ids.make(TEMPLATE_ID, index);
    return {
      id,
      type: 'activate_subscription',
      description: `Mobile subscription, ${planName(index)}`,
      products: [{ _embedded: { [early ? 'product_offering' : 'product-offering']: offering(organisation, index) } }],
      _links: { self: organisation.links.to(request, `/order-templates/${id}`) },
    };
  };
  return {
    listOrderTemplates: (request) =>
      pageOf(organisation, request, templates, ({ items, links }) => {
        const rendered = items.map((index) => whole(request, index));
        if (early) return { order_templates: rendered, _links: links };
        return halPage(organisation, 'order-templates', rendered, links);
      }),
    getOrderTemplate: (request) => {
      const index = position(request.params['id'] ?? '');
      if (index === undefined) return notFound('order template');
      if (!early) return json(200, whole(request, index));
      return { ...json(200, { order_templates: [whole(request, index)] }), offContract: true };
    },
  };
}

export function templateIndex({ ids }: Pick<Organisation, 'ids'>, id: string): number | undefined {
  const index = ids.index(TEMPLATE_ID, id);
  return index !== undefined && index < TEMPLATE_COUNT ? index : undefined;
}

/** The plan that a template sells. */
export function offering({ ids, switches }: Organisation, template: number) {
  const kind = switches.templateShape === 'early' ? EARLY_OFFERING_ID : OFFERING_ID;
  return { id: ids.make(kind, template), type: 'plan', name: planName(template) };
}
