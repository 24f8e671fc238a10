/** What the vendor's documents leave open or contradict; the defaults are what was seen in recorded answers. */
export interface EmnifySwitches {
  /** Life of a bearer token in seconds. Default 14400; recorded were 14400 and 604800. */
  readonly tokenSeconds: number;
  /** SIM reads carry `iccid_with_luhn`. Default `false`: documented, but absent from the recordings. */
  readonly iccidWithLuhn: boolean;
  /** Answer to a status move outside the table. Default 409. */
  readonly illegalMoveStatus: 400 | 409;
  /** The tariff has Factory Test mode. Default `true`. */
  readonly factoryTest: boolean;
  /** Activation by assignment leads to Factory Test. Default `false`. */
  readonly factoryTestOnAssignment: boolean;
  /** Meaning of a missing `sim.activate` when an endpoint is created. Default `true`, as recorded in 2022. */
  readonly activateOnAssignment: boolean;
  /** Creating an endpoint answers with the endpoint. Default `false`: empty body, id only in Location. */
  readonly createdBody: boolean;
  /**
   * What becomes of the status asked for in a batch registration: set at once, set two seconds later, or never.
   * Default `ignored`: a SIM registered as Activated was recorded as Issued 25 minutes later.
   */
  readonly batchStatus: 'applied' | 'delayed' | 'ignored';
  /** Whether daily statistics contain the day of `end_date`. Default `exclusive`. */
  readonly endDate: 'exclusive' | 'inclusive';
  /** Shape of `last_hour`. Default `series`. */
  readonly lastHour: 'series' | 'monthly';
  /** Monthly statistics carry `cost` and `currency`. Default `false`: the organisation has inclusive volume. */
  readonly cost: boolean;
  /** Every tenth SIM was sold on to another organisation: the caller is only its reseller. Default `false`. */
  readonly resoldSims: boolean;
  /** Deleted SIMs stay readable and listed with status 3. Default `false`. */
  readonly listDeleted: boolean;
}

export const defaultSwitches: EmnifySwitches = {
  tokenSeconds: 14_400,
  iccidWithLuhn: false,
  illegalMoveStatus: 409,
  factoryTest: true,
  factoryTestOnAssignment: false,
  activateOnAssignment: true,
  createdBody: false,
  batchStatus: 'ignored',
  endDate: 'exclusive',
  lastHour: 'series',
  cost: false,
  resoldSims: false,
  listDeleted: false,
};
