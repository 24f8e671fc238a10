import { json } from '../../framework/answer.js';
import type { Handler } from '../../framework/vendor.js';
import { faultyFields, notFound, refused } from './answers.js';
import { dateRange, equal, listed } from './listing.js';
import { MAIN_ORGANIZATION, organizationExists } from './organizations.js';
import type { Portal } from './portal.js';
import { instant } from './timestamps.js';

export interface NewUser {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly role: string;
  /** Name, not id. */
  readonly organization: string;
}

export interface User extends NewUser {
  readonly id: string;
  readonly dateJoined: number;
}

export function createUsers(startedAt: number): readonly User[] {
  const user = (id: number, firstName: string, email: string, role: string, organization: string): User => ({
    id: String(id),
    firstName,
    lastName: 'Sandbox',
    email,
    role,
    organization,
    dateJoined: startedAt - (800 - id) * 86_400_000,
  });
  return [
    user(1, 'Operations', 'operations@example.com', 'Administrator', MAIN_ORGANIZATION),
    user(2, 'Viewer', 'viewer@example.com', 'Viewer', MAIN_ORGANIZATION),
    user(3, 'Nordic', 'nordic@example.com', 'Administrator', 'Sandbox Nordic'),
  ];
}

export function userHandlers(portal: Portal): Readonly<Record<string, Handler>> {
  const { users, context } = portal;
  const show = (user: User): object => ({ ...user, dateJoined: instant(user.dateJoined) });
  const taken = (email: string, except?: string): boolean =>
    users.list().some((user) => user.email.toLowerCase() === email.toLowerCase() && user.id !== except);
  return {
    listUsers: (request) => {
      const rows = users.list().toSorted((left, right) => left.dateJoined - right.dateJoined);
      return listed<User>(request, {
        length: rows.length,
        at: (place) => rows[place] as User,
        filters: {
          id: equal(({ id }) => id),
          organization: equal(({ organization }) => organization),
          firstName: equal(({ firstName }) => firstName),
          lastName: equal(({ lastName }) => lastName),
          email: equal(({ email }) => email),
          ...dateRange<User>('dateJoined', ({ dateJoined }) => dateJoined),
        },
        orderings: {
          id: ({ id }) => Number(id),
          organization: ({ organization }) => organization,
          firstName: ({ firstName }) => firstName,
          lastName: ({ lastName }) => lastName,
          email: ({ email }) => email,
          role: ({ role }) => role,
          dateJoined: ({ dateJoined }) => dateJoined,
        },
        show,
      });
    },
    getUser: (request) => {
      const user = users.get(request.params['id'] ?? '');
      return user === undefined ? notFound() : json(200, show(user));
    },
    createUser: (request) => {
      const body = request.body as Readonly<Record<'email' | 'password' | 'organization' | 'role', string>> &
        Partial<NewUser>;
      if (taken(body.email)) return faultyFields({ email: ['A user with this email already exists.'] });
      if (!organizationExists(portal, body.organization)) return forbidden();
      context.secrets.add(body.password);
      const { email, organization, role, firstName = '', lastName = '' } = body;
      const user = portal.addUser({ email, organization, role, firstName, lastName });
      portal.journal.audit(request, 'User', user.id, 'create');
      request.effect({ subject: [user.id] });
      return json(200, {});
    },
    updateUser: (request) => {
      const id = request.params['id'] ?? '';
      const body = request.body as Partial<NewUser>;
      if (users.get(id) === undefined) return notFound();
      if (body.email !== undefined && taken(body.email, id)) {
        return faultyFields({ email: ['A user with this email already exists.'] });
      }
      if (body.organization !== undefined && !organizationExists(portal, body.organization)) return forbidden();
      const named = Object.entries(body).filter(([name]) => EDITABLE.has(name));
      users.patch(id, Object.fromEntries(named));
      portal.journal.audit(request, 'User', id, 'update');
      request.effect({ subject: [id], detail: { fields: named.map(([name]) => name) } });
      return json(200, {});
    },
    deleteUser: (request) => {
      const id = request.params['id'] ?? '';
      if (!users.remove(id)) return notFound();
      portal.journal.audit(request, 'User', id, 'delete');
      request.effect({ subject: [id] });
      return json(200, {});
    },
  };
}

const EDITABLE: ReadonlySet<string> = new Set(['firstName', 'lastName', 'email', 'role', 'organization']);

function forbidden() {
  return refused(403, 'You do not have permission to perform this action.');
}
