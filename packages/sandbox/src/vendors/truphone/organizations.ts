import { json } from '../../framework/answer.js';
import { type Collection, createCollection } from '../../framework/collection.js';
import type { Handler } from '../../framework/vendor.js';
import { faultyFields, notFound } from './answers.js';
import { dateRange, equal, listed } from './listing.js';
import type { Portal } from './portal.js';
import { instant } from './timestamps.js';

/** The organization of the account. */
export const MAIN_ORGANIZATION = 'Sandbox Connectivity';

export interface SubOrganization {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly company_description: string;
  readonly date_created: number;
}

/** Seven SIMs of ten belong to the main organization. */
export function organizationOf(index: number): string {
  const place = index % 10;
  if (place < 7) return MAIN_ORGANIZATION;
  return place < 9 ? 'Sandbox Nordic' : 'Sandbox Iberia';
}

export function createSubOrganizations(startedAt: number): Collection<SubOrganization> {
  const date_created = startedAt - 700 * 86_400_000;
  return createCollection<SubOrganization>(
    ({ id }) => id,
    [
      { id: '1', name: 'Sandbox Nordic', email: 'nordic@example.com', company_description: 'Meters', date_created },
      { id: '2', name: 'Sandbox Iberia', email: 'iberia@example.com', company_description: '', date_created },
    ],
  );
}

export function organizationExists(portal: Portal, name: string): boolean {
  return name === MAIN_ORGANIZATION || portal.subOrganizations.list().some((known) => known.name === name);
}

interface Organization {
  readonly name: string;
  readonly email: string;
  readonly created: number;
  readonly parent: string;
}

export function organizationHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { subOrganizations, startedAt, switches, context } = portal;
  const main: Organization = {
    name: MAIN_ORGANIZATION,
    email: 'portal@example.com',
    created: startedAt - 900 * 86_400_000,
    parent: '',
  };
  let lastId = 2;

  const showOrganization = (organization: Organization): object => ({
    name: organization.name,
    email: organization.email,
    dateCreated: instant(organization.created),
    segment: '',
    vertical: '',
    parentOrganization: organization.parent,
    phoneNumber: '',
    website: '',
    faxPhoneNumber: '',
    bill_cycle_start_day: switches.billCycleStartDay,
  });
  const showSub = (sub: SubOrganization): object => ({ ...sub, date_created: instant(sub.date_created) });

  return {
    listOrganizations: (request) => {
      const rows = [
        main,
        ...subOrganizations
          .list()
          .map(({ name, email, date_created }) => ({ name, email, created: date_created, parent: main.name })),
      ].toSorted((left, right) => (left.name < right.name ? -1 : 1));
      return listed<Organization>(request, {
        length: rows.length,
        at: (place) => rows[place] as Organization,
        filters: {
          name: equal(({ name }) => name),
          email: equal(({ email }) => email),
          parentOrganization: equal(({ parent }) => parent),
          ...dateRange<Organization>('dateCreated', ({ created }) => created),
        },
        orderings: {
          name: ({ name }) => name,
          email: ({ email }) => email,
          dateCreated: ({ created }) => created,
          parentOrganization: ({ parent }) => parent,
        },
        show: showOrganization,
      });
    },
    listSubOrganizations: (request) => {
      const rows = subOrganizations.list().toSorted((left, right) => (left.name < right.name ? -1 : 1));
      return listed<SubOrganization>(request, {
        length: rows.length,
        at: (place) => rows[place] as SubOrganization,
        filters: {
          name: equal(({ name }) => name),
          email: equal(({ email }) => email),
          ...dateRange<SubOrganization>('dateCreated', ({ date_created }) => date_created),
        },
        orderings: {
          name: ({ name }) => name,
          email: ({ email }) => email,
          date_created: ({ date_created }) => date_created,
        },
        show: showSub,
      });
    },
    getSubOrganization: (request) => {
      const found = subOrganizations.get(request.params['pk'] ?? '');
      return found === undefined ? notFound() : json(200, showSub(found));
    },
    createSubOrganization: (request) => {
      const body = request.body as Readonly<Record<'email' | 'password' | 'role' | 'name', string>> & {
        readonly company_description?: string;
      };
      if (organizationExists(portal, body.name)) {
        return faultyFields({ name: ['An organization with this name already exists.'] });
      }
      context.secrets.add(body.password);
      lastId += 1;
      const id = String(lastId);
      const { name, email, company_description = '' } = body;
      subOrganizations.put({ id, name, email, company_description, date_created: context.clock.now() });
      portal.addUser({ email, role: body.role, organization: name, firstName: '', lastName: '' });
      portal.journal.audit(request, 'Organization', name, 'create');
      request.effect({ subject: [id], detail: { name } });
      return json(201, {});
    },
    updateSubOrganization: (request) => {
      const id = request.params['pk'] ?? '';
      const { name, company_description } = request.body as { name?: string; company_description?: string };
      if (name === '') return faultyFields({ name: ['This field may not be blank.'] });
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(company_description === undefined ? {} : { company_description }),
      };
      if (subOrganizations.patch(id, change) === undefined) return notFound();
      portal.journal.audit(request, 'Organization', id, 'update');
      request.effect({ subject: [id], detail: change });
      return json(200, {});
    },
    deleteSubOrganization: (request) => {
      const id = request.params['pk'] ?? '';
      if (!subOrganizations.remove(id)) return notFound();
      portal.journal.audit(request, 'Organization', id, 'delete');
      request.effect({ subject: [id] });
      return json(200, {});
    },
  };
}
