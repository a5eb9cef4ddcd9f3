export interface Score {
  /** How sure we are that it is a secret at all. Never high: nothing proves a value without a shape. */
  confidence: 'medium' | 'low';
  password: boolean;
}

/** Where a value stands, as far as it decides how weak a value may be. */
export interface Setting {
  quoted: boolean;
  /** Configuration: what stands behind `password =` there is one, however weak it is. */
  config: boolean;
  /** The name says password in full, so that in code too words may be one. */
  exact?: boolean;
  /** The name says `secret` in full: people choose such a value as they choose a password. */
  chosen?: boolean;
  /** The name says that the password is one of several words. */
  phrase?: boolean;
  /** A variable of the environment. */
  capitals?: boolean;
  /** A login stands beside it. */
  beside?: boolean;
}
