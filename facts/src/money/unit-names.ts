/** What is bought by the piece, in one language and one number, so that companies can be compared. */

/** Units in other languages, so that companies can be compared. The quote keeps the word of the page. */
const IN_ENGLISH: Readonly<Record<string, string>> = {
  nutzer: 'user',
  benutzer: 'user',
  utilisateur: 'user',
  usuario: 'user',
  utente: 'user',
  utenti: 'user',
  gebruiker: 'user',
  användare: 'user',
  bruker: 'user',
  bruger: 'user',
  użytkownik: 'user',
  arbeitsplatz: 'seat',
  platz: 'seat',
  mitarbeiter: 'employee',
  pracownik: 'employee',
  pracownika: 'employee',
  użytkownika: 'user',
  użytkowników: 'user',
  usuário: 'user',
  उपयोगकर्ता: 'user',
  यूज़र: 'user',
  ユーザー: 'user',
  用户: 'user',
  用戶: 'user',
  使用者: 'user',
  사용자: 'user',
  인: 'user',
  명: 'user',
  потребител: 'user',
  пользователь: 'user',
  пользователя: 'user',
  користувача: 'user',
  uživatele: 'user',
  uživatel: 'user',
  používateľa: 'user',
  felhasználó: 'user',
  utilizator: 'user',
  χρήστη: 'user',
  kullanıcı: 'user',
  pengguna: 'user',
  مستخدم: 'user',
  משתמש: 'user',
  人: 'user',
  名: 'user',
  käyttäjä: 'user',
  kasutaja: 'user',
  lietotājs: 'user',
  lietotāju: 'user',
  vartotojas: 'user',
  vartotoją: 'user',
  utilizador: 'user',
  uporabnik: 'user',
  uporabnika: 'user',
  korisnik: 'user',
  korisniku: 'user',
  úsáideoir: 'user',
  utent: 'user',
  lizenz: 'license',
  licence: 'license',
};

/** @param unit in small letters, without white space around it */
export function unitName(unit: string): string {
  const name = singular(unit);
  return IN_ENGLISH[name] ?? name;
}

function singular(unit: string): string {
  return /^(?:.*\d|.*\b(?:million|thousand))/.test(unit) ||
    !/[a-z]s$/.test(unit)
    ? unit
    : unit.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}
