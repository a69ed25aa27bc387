/**
 * Expected outcomes that end a call, each named after the situation. The backend maps every code to an HTTP
 * status; the console holds a text for every code, the mini-program for every code that it can be answered, in zh-CN
 * and en, each saying what to do next. Tests check all three.
 */
export const ERROR_CODES = [
  // any route
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'SESSION_EXPIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_REUSED',
  'STALE_VERSION',
  'CONSENT_REQUIRED',
  'CONSENT_VERSION_OUTDATED',
  'INTERNAL',
  'SERVICE_UNAVAILABLE',
  'UPSTREAM_UNAVAILABLE',
  // citizen sign-in
  'WECHAT_CODE_INVALID',
  'WECHAT_ACCOUNT_BLOCKED',
  'WECHAT_RATE_LIMITED',
  'PHONE_CODE_INVALID',
  'REFRESH_TOKEN_INVALID',
  'REFRESH_TOKEN_REUSED',
  'ACCOUNT_ERASED',
  // real name
  'REAL_NAME_REQUIRED',
  'REAL_NAME_NOT_FOUND',
  'REAL_NAME_MISMATCH',
  'REAL_NAME_TOO_MANY_TRIES',
  'REAL_NAME_BOUND_ELSEWHERE',
  'REAL_NAME_ALREADY_PROVED',
  // staff sign-in
  'STAFF_CREDENTIALS_WRONG',
  'STAFF_LOCKED',
  'STAFF_DISABLED',
  'TOTP_WRONG',
  'TOTP_CHALLENGE_EXPIRED',
  'TOTP_ENROLMENT_REQUIRED',
  'PASSWORD_TOO_WEAK',
  'STAFF_USERNAME_TAKEN',
  'STAFF_SELF_CHANGE',
  'STAFF_LAST_ADMINISTRATOR',
  // files
  'FILE_TOO_LARGE',
  'FILE_TYPE_NOT_ALLOWED',
  'FILE_CONTENT_MISMATCH',
  'FILE_UNREADABLE',
  'FILE_LINK_EXPIRED',
  // roster import
  'IMPORT_FILE_UNREADABLE',
  'IMPORT_COLUMNS_MISSING',
  'IMPORT_TOO_MANY_ROWS',
  'IMPORT_STATE_CONFLICT',
  'IMPORT_ALREADY_USED',
  // cases and cards
  'CASE_STATE_CONFLICT',
  'CASE_STEP_NOT_YOURS',
  'CASE_FOUR_EYES',
  'CASE_INCOMPLETE',
  'CASE_DOCUMENT_LIMIT',
  'APPLICATION_ALREADY_OPEN',
  'APPLICATION_CATEGORY_NOT_OPEN',
  'CARD_ALREADY_VALID',
  'CARD_STATE_CONFLICT',
  'CARD_CLASS_UNKNOWN',
  'IDENTITY_NUMBER_WRONG',
  'IDENTITY_NUMBER_TOO_MANY_TRIES',
  // calendar
  'CALENDAR_DAY_IN_PAST',
  // quota and channels
  'QUOTA_GONE',
  'FUNDED_ELSEWHERE',
  'NOT_ENTITLED',
  'COMPANIONS_TOO_MANY',
  'CHANNEL_NOT_OPEN',
  'CHANNEL_NUMBER_TAKEN',
  'TERMS_OVERLAP',
  // capacity and bookings
  'SLOT_FULL',
  'SLOT_NOT_OPEN_YET',
  'SLOT_CLOSED',
  'SLOT_PAST',
  'SLOT_CAPACITY_BELOW_TAKEN',
  'BOOKING_OVERLAP',
  'BOOKING_EXISTS',
  'BOOKING_STATE_CONFLICT',
  'BOOKING_TOO_LATE',
  'BOOKING_PAUSED',
  'BOOKING_CONSENT_REQUIRED',
  'BOOKING_OTHER_DAY',
  'BOOKING_ALREADY_ARRIVED',
  'WAITING_NOT_NEEDED',
  'WAITING_EXISTS',
  'WAITING_TOO_MANY',
  'OFFER_ENDED',
  'APPEAL_NOT_POSSIBLE',
  'REQUESTS_TOO_MANY',
  'SCHEDULE_OVERLAP',
  // the code and the window
  'CODE_FRESH_SIGN_IN_REQUIRED',
  'CODE_DEVICE_REVOKED',
  'CODE_DEVICE_SIGNATURE',
  'CODE_CLOCK_WRONG',
  'CARD_NOT_VALID',
  'CLERK_CODE_INVALID',
  'CLERK_DEVICE_REVOKED',
  'LOOK_ENDED',
  'CODE_ALREADY_USED',
  'VENUE_NOT_YOURS',
  'USE_STATE_CONFLICT',
  // after the use
  'RATING_EXISTS',
  'RATING_NOT_POSSIBLE',
  'EXPORT_NOT_READY',
  'EXPORTS_TOO_MANY',
  'DELIVERY_STATE_CONFLICT',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * Answered by routes of the console alone: the mini-program, whose size is counted, holds no text for them. A code
 * belongs here only if nothing that a citizen or a clerk's phone calls can throw it; a test of the mini-program holds
 * this list against the sources of the service.
 */
export const CONSOLE_ERROR_CODES = [
  'STAFF_CREDENTIALS_WRONG',
  'STAFF_LOCKED',
  'TOTP_WRONG',
  'TOTP_ENROLMENT_REQUIRED',
  'PASSWORD_TOO_WEAK',
  'STAFF_USERNAME_TAKEN',
  'STAFF_SELF_CHANGE',
  'STAFF_LAST_ADMINISTRATOR',
  'IMPORT_FILE_UNREADABLE',
  'IMPORT_COLUMNS_MISSING',
  'IMPORT_TOO_MANY_ROWS',
  'IMPORT_STATE_CONFLICT',
  'IMPORT_ALREADY_USED',
  'CALENDAR_DAY_IN_PAST',
  'CHANNEL_NUMBER_TAKEN',
  'TERMS_OVERLAP',
  'SLOT_CAPACITY_BELOW_TAKEN',
  'SCHEDULE_OVERLAP',
  'EXPORT_NOT_READY',
  'EXPORTS_TOO_MANY',
  'DELIVERY_STATE_CONFLICT',
] as const satisfies readonly ErrorCode[];

/** What a phone may be answered, and must have words for. */
export type PhoneErrorCode = Exclude<ErrorCode, (typeof CONSOLE_ERROR_CODES)[number]>;

/**
 * Problems of a single field, worded by the clients beside the field. Zod issues are mapped onto these
 * by the backend; validators of `validators/` return them directly.
 */
export const FIELD_PROBLEMS = [
  'REQUIRED',
  'TOO_SHORT',
  'TOO_LONG',
  'TOO_SMALL',
  'TOO_BIG',
  'NOT_ALLOWED',
  'FORMAT',
  'UNKNOWN_FIELD',
  'ID_FORMAT',
  'DATE_INVALID',
  'DATE_IN_FUTURE',
  'DATE_ORDER',
  'NAME_CHARACTERS',
  'RESIDENT_ID_LENGTH',
  'RESIDENT_ID_CHARACTERS',
  'RESIDENT_ID_BIRTH_DATE',
  'RESIDENT_ID_CHECK_DIGIT',
  'PASSPORT_FORMAT',
  'PERMANENT_RESIDENCE_FORMAT',
  'CREDIT_CODE_LENGTH',
  'CREDIT_CODE_CHARACTERS',
  'CREDIT_CODE_CHECK_DIGIT',
  'MOBILE_FORMAT',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_COMMON',
  'TOTP_FORMAT',
] as const;
export type FieldProblemCode = (typeof FIELD_PROBLEMS)[number];
