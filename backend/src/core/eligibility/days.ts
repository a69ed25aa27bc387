/**
 * Arithmetic on days written `YYYY-MM-DD`. A day has no time zone: whoever calls has already asked which day it is in
 * Asia/Shanghai.
 */

/** Whole years from `birthDate` to `day`, as age is counted. Born on 29 February, one is a year older on 1 March. */
export function fullYears(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** First day on which `years` full years have passed since `day`. */
export function yearsAfter(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const monthAndDay = day.endsWith('-02-29') && !isLeapYear(year) ? '-03-01' : day.slice(4);
  return `${String(year).padStart(4, '0')}${monthAndDay}`;
}
