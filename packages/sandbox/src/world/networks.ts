/** A mobile network, as usage records name it. MCC and MNC: ITU-T E.212. */
export interface Network {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly countryName: string;
  readonly mcc: string;
  readonly mnc: string;
  readonly operator: string;
}

/** Most SIMs live in one of the first; days abroad draw from all. */
export const NETWORKS: readonly Network[] = [
  { country: 'DE', countryName: 'Germany', mcc: '262', mnc: '01', operator: 'Telekom' },
  { country: 'GB', countryName: 'United Kingdom', mcc: '234', mnc: '15', operator: 'Vodafone' },
  { country: 'NL', countryName: 'Netherlands', mcc: '204', mnc: '08', operator: 'KPN' },
  { country: 'FR', countryName: 'France', mcc: '208', mnc: '01', operator: 'Orange' },
  { country: 'ES', countryName: 'Spain', mcc: '214', mnc: '07', operator: 'Movistar' },
  { country: 'IT', countryName: 'Italy', mcc: '222', mnc: '01', operator: 'TIM' },
  { country: 'PL', countryName: 'Poland', mcc: '260', mnc: '03', operator: 'Orange' },
  { country: 'AT', countryName: 'Austria', mcc: '232', mnc: '01', operator: 'A1' },
  { country: 'PT', countryName: 'Portugal', mcc: '268', mnc: '06', operator: 'MEO' },
  { country: 'US', countryName: 'United States', mcc: '310', mnc: '410', operator: 'AT&T' },
];
