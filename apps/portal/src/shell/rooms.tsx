import { BankOutlined, IdcardOutlined, InboxOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import type { components } from '../api/office.js';
import type { shellWords } from '../i18n/shell.js';

export type Role = components['schemas']['GrantAnswer']['role'];

/** A room of the portal: a place in the menu, whom it is for, and a chunk of its own that is loaded when it is entered. */
export interface Room {
  /** The first part of its addresses. */
  readonly path: string;
  readonly title: keyof typeof shellWords;
  readonly icon: ReactNode;
  /** The roles that it is for; what each may do in it, the office judges at every request. */
  readonly roles: readonly Role[];
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** In the order of the menu. The first that a user's roles open is where he starts. */
export const ROOMS: readonly Room[] = [
  {
    path: 'statement',
    title: 'statementRoom',
    icon: <IdcardOutlined />,
    roles: ['insured-person'],
    load: () => import('../rooms/statement/index.js'),
  },
  {
    path: 'desk',
    title: 'deskRoom',
    icon: <InboxOutlined />,
    roles: ['clerk', 'reviewer', 'approver'],
    load: () => import('../rooms/desk/index.js'),
  },
  {
    path: 'funds',
    title: 'fundRoom',
    icon: <BankOutlined />,
    roles: ['fund-manager', 'approver', 'supervisor', 'committee-member'],
    load: () => import('../rooms/funds/index.js'),
  },
  {
    path: 'supervision',
    title: 'supervisionRoom',
    icon: <SafetyCertificateOutlined />,
    roles: ['supervisor'],
    load: () => import('../rooms/supervision/index.js'),
  },
];

export function roomsFor(roles: readonly Role[]): readonly Room[] {
  return ROOMS.filter((room) => room.roles.some((role) => roles.includes(role)));
}
