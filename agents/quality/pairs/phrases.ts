/** What the words of the labelled pages lack: sentences around the plans that change and say nothing of what is offered. */

export interface Phrases {
  /** A headline of a page that is not there. */
  notFound: string;
  notFoundMore: string;
  /** Before a date. */
  updated: string;
  /** `{n}` counts customers. */
  counter: string;
  /** A banner without an amount. */
  banner: string;
  /** `{p}` is a price that is no plan's. */
  offer: string;
}

/** By language. */
export const PHRASES: Readonly<Record<string, Phrases>> = {
  en: {
    notFound: 'Page not found',
    notFoundMore: 'The page that you look for does not exist.',
    updated: 'Last updated on',
    counter: 'Trusted by {n} companies',
    banner: 'Meet us at the autumn fair in Lisbon',
    offer: 'This week only: every plan for {p}',
  },
  de: {
    notFound: 'Seite nicht gefunden',
    notFoundMore: 'Die gesuchte Seite existiert nicht.',
    updated: 'Stand:',
    counter: '{n} Unternehmen vertrauen uns',
    banner: 'Treffen Sie uns auf der Herbstmesse in Lissabon',
    offer: 'Nur diese Woche: alle Tarife für {p}',
  },
  fr: {
    notFound: 'Page introuvable',
    notFoundMore: "La page que vous cherchez n'existe pas.",
    updated: 'Mis à jour le',
    counter: '{n} entreprises nous font confiance',
    banner: "Retrouvez-nous au salon d'automne à Lisbonne",
    offer: 'Cette semaine seulement : toutes les formules à {p}',
  },
  es: {
    notFound: 'Página no encontrada',
    notFoundMore: 'La página que busca no existe.',
    updated: 'Actualizado el',
    counter: '{n} empresas confían en nosotros',
    banner: 'Nos vemos en la feria de otoño de Lisboa',
    offer: 'Solo esta semana: todos los planes por {p}',
  },
  it: {
    notFound: 'Pagina non trovata',
    notFoundMore: 'La pagina che cerchi non esiste.',
    updated: 'Aggiornato il',
    counter: '{n} aziende ci hanno scelto',
    banner: "Vi aspettiamo alla fiera d'autunno di Lisbona",
    offer: 'Solo questa settimana: tutti i piani a {p}',
  },
  pt: {
    notFound: 'Página não encontrada',
    notFoundMore: 'A página que procura não existe.',
    updated: 'Atualizado em',
    counter: '{n} empresas confiam em nós',
    banner: 'Encontre-nos na feira de outono em Lisboa',
    offer: 'Só esta semana: todos os planos por {p}',
  },
  nl: {
    notFound: 'Pagina niet gevonden',
    notFoundMore: 'De pagina die u zoekt bestaat niet.',
    updated: 'Bijgewerkt op',
    counter: '{n} bedrijven vertrouwen op ons',
    banner: 'Ontmoet ons op de najaarsbeurs in Lissabon',
    offer: 'Alleen deze week: elk abonnement voor {p}',
  },
  pl: {
    notFound: 'Nie znaleziono strony',
    notFoundMore: 'Szukana strona nie istnieje.',
    updated: 'Aktualizacja:',
    counter: 'Zaufało nam {n} firm',
    banner: 'Spotkajmy się na jesiennych targach w Lizbonie',
    offer: 'Tylko w tym tygodniu: każdy plan za {p}',
  },
  sv: {
    notFound: 'Sidan hittades inte',
    notFoundMore: 'Sidan som du söker finns inte.',
    updated: 'Uppdaterad',
    counter: '{n} företag litar på oss',
    banner: 'Träffa oss på höstmässan i Lissabon',
    offer: 'Bara denna vecka: alla planer för {p}',
  },
  cs: {
    notFound: 'Stránka nenalezena',
    notFoundMore: 'Hledaná stránka neexistuje.',
    updated: 'Aktualizováno',
    counter: 'Věří nám {n} firem',
    banner: 'Potkejte nás na podzimním veletrhu v Lisabonu',
    offer: 'Jen tento týden: každý tarif za {p}',
  },
  ru: {
    notFound: 'Страница не найдена',
    notFoundMore: 'Такой страницы нет.',
    updated: 'Обновлено',
    counter: 'Нам доверяют {n} компаний',
    banner: 'Встретимся на осенней выставке в Лиссабоне',
    offer: 'Только на этой неделе: любой тариф за {p}',
  },
  ja: {
    notFound: 'ページが見つかりません',
    notFoundMore: 'お探しのページは存在しません。',
    updated: '最終更新日',
    counter: '導入企業 {n} 社',
    banner: 'リスボンの秋の展示会でお会いしましょう',
    offer: '今週限定:全プラン{p}',
  },
  ko: {
    notFound: '페이지를 찾을 수 없습니다',
    notFoundMore: '요청하신 페이지가 없습니다.',
    updated: '최종 수정일',
    counter: '{n}개 기업이 사용합니다',
    banner: '리스본 가을 전시회에서 만나요',
    offer: '이번 주만: 모든 요금제 {p}',
  },
  tr: {
    notFound: 'Sayfa bulunamadı',
    notFoundMore: 'Aradığınız sayfa yok.',
    updated: 'Son güncelleme',
    counter: '{n} şirket bize güveniyor',
    banner: "Lizbon'daki sonbahar fuarında buluşalım",
    offer: 'Yalnızca bu hafta: tüm planlar {p}',
  },
};

export const phrasesOf = (language: string): Phrases | undefined =>
  PHRASES[language.split('-')[0]];
