import { QueryFailedError } from 'typeorm';
import { safeError } from './safe-error.js';

const SECRETS = ['林海清', '371002199001011234', '13800138000', 'wx-openid-123', 'E12345678'];

function driverError(message: string, more: object = {}): Error {
  return Object.assign(new Error(message), more);
}

describe('an error in the log', () => {
  it.each([
    [
      'a duplicate entry of MariaDB',
      driverError("Duplicate entry '371002199001011234-林海清' for key 'uq_persons_number'", {
        code: 'ER_DUP_ENTRY',
        errno: 1062,
        sqlMessage: "Duplicate entry '371002199001011234' for key 'uq_persons_number'",
        sql: "INSERT INTO persons VALUES ('林海清')",
      }),
      'database refused (ER_DUP_ENTRY, uq_persons_number)',
    ],
    [
      'a wrong value of MariaDB',
      driverError("Incorrect datetime value: '13800138000' for column `db`.`persons`.`bornAt` at row 1", {
        code: 'ER_TRUNCATED_WRONG_VALUE',
        errno: 1292,
      }),
      'database refused (ER_TRUNCATED_WRONG_VALUE, db)',
    ],
    [
      'a unique key of SQLite',
      driverError('UNIQUE constraint failed: persons.numberIndex', { code: 'SQLITE_CONSTRAINT_UNIQUE' }),
      'database refused (SQLITE_CONSTRAINT_UNIQUE, persons.numberIndex)',
    ],
  ])('names the rule and not the value: %s', (_, error, message) => {
    const failed = new QueryFailedError('INSERT INTO persons VALUES (?)', SECRETS, error);
    const text = JSON.stringify(safeError(failed));
    expect(safeError(failed).message).toBe(message);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it('leaves out quoted input, numbers of documents and names', () => {
    let parse: unknown;
    try {
      JSON.parse('{"name": 林海清 371002199001011234');
    } catch (error) {
      parse = error;
    }
    const errors = [
      parse,
      new Error('no person 371002199001011234'),
      new Error("cannot read 'wx-openid-123'"),
      new Error('holder 林海清 is gone'),
      new Error('wrapped', { cause: new Error('phone 13800138000') }),
    ];
    const text = JSON.stringify(errors.map((error) => safeError(error)));
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it('still says what and where', () => {
    const safe = safeError(new TypeError('slot is not free'));
    expect(safe).toMatchObject({ type: 'TypeError', message: 'slot is not free' });
    expect(safe.stack?.[0]).toMatch(/^at .*safe-error\.spec/);
  });

  it('is found behind whatever was thrown', () => {
    expect(safeError('371002199001011234')).toEqual({ type: 'string', message: 'thrown value' });
    expect(safeError(undefined)).toEqual({ type: 'undefined', message: 'thrown value' });
  });
});
