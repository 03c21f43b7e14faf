"""Sentences that sites and vendors show, composed after their forms: one for each pattern known."""

STUBS = {
    "paywall": """\
To continue reading this article
To continue reading, please subscribe or log in.
To read the full story, subscribe to the Ledger.
Subscribe now to continue reading.
Sign up for free to unlock this article
Subscribe to read | Albion Times
Start your free trial
This article is available to subscribers only.
Subscriber-only content
Already a subscriber?
You’ve reached your limit of free articles this month.
Get unlimited digital access for a year.
Complete digital access to quality journalism on any device.
Only $1 for 4 weeks.
Subscribe today and save 40 per cent.
No commitment, cancel anytime.
Jetzt weiterlesen mit L+
Um diesen Artikel weiterzulesen, registrieren Sie sich kostenlos.
Dieser Artikel ist nur für Abonnenten zugänglich.
Jetzt abonnieren
Sie haben bereits ein Abo?
Melden Sie sich an, um den Artikel zu lesen.
Cet article est réservé aux abonnés.
La suite est réservée à nos abonnés.
Il vous reste 75 % de cet article à lire.
Abonnez-vous pour lire la suite.
Déjà abonné ?
Suscríbete para seguir leyendo
Este contenido es exclusivo para suscriptores
Para continuar leyendo, suscríbete desde 1 euro.
¿Ya eres suscriptor?
Questo articolo è riservato agli abbonati.
Abbonati per continuare la lettura.
Per continuare a leggere abbonati ora.
Conteúdo exclusivo para assinantes
Assine para continuar lendo
Dit artikel is alleen beschikbaar voor abonnees.
Lees verder met een abonnement
Artykuł dostępny tylko dla zalogowanych
Pozostało 87% artykułu
Zaloguj się, aby czytać dalej
Материал доступен по подписке
Чтобы читать дальше, оформите подписку
Оформите подписку
Матеріал доступний за передплатою
Щоб читати далі, увійдіть або оформіть передплату
Оформіть передплату
订阅后继续阅读全文
この記事は有料記事です
残り1234文字
Devamını okumak için abone olun""",
    "cookie_wall": """\
We and our 143 partners use cookies to store information on your device.
We value your privacy
By continuing to use the site you agree to our use of cookies.
Accept all cookies
Before you continue to Google
Manage preferences
Wir verwenden Cookies
Mit Werbung weiterlesen
Nous et nos partenaires utilisons des cookies
Continuer sans accepter
Utilizamos cookies propias y de terceros
Мы используем файлы cookie
Ми використовуємо файли cookie""",
    "error_page": """\
404 Not Found
Error code: 503
Page not found | Albion Times
Sorry, the page you are looking for could not be found.
Oops! We couldn’t find that page
Access Denied
You don't have permission to access "http://www.example.com/a" on this server.
Sorry, you have been blocked
Reference #18.2d351ab8.1557333295.a4e16ab
Just a moment...
Attention Required! | Cloudflare
Checking if the site connection is secure
www.example.com needs to review the security of your connection before proceeding.
Please verify you are a human
Pardon Our Interruption
We've detected unusual activity from your computer network
Are you a robot?
Please enable JS and disable any ad blocker
JavaScript is disabled in your browser.
Performance & security by Cloudflare
This site can’t be reached
Please try again later.
You may have mistyped the address.
Seite nicht gefunden
Die von Ihnen gesuchte Seite existiert nicht
Zugriff verweigert
Bitte aktivieren Sie JavaScript
Page introuvable
La page demandée n’existe pas
Accès refusé
Veuillez activer JavaScript
Página no encontrada
La página que busca no existe
Acceso denegado
Por favor, active JavaScript
Pagina non trovata
Accesso negato
Página não encontrada
Acesso negado
Pagina niet gevonden
Toegang geweigerd
Nie znaleziono strony
Brak dostępu
Страница не найдена
Доступ запрещён
Ошибка 404
Пожалуйста, включите JavaScript
Проверка вашего браузера
Сторінку не знайдено
Доступ обмежено
Помилка 404
Будь ласка, увімкніть JavaScript
您访问的页面不存在
访问被拒绝
お探しのページは見つかりません
Sayfa bulunamadı""",
    "vendor_error": """\
The document you requested could not be found.
This document is currently unavailable.
Full text not available due to copyright restrictions
For legal reasons, this article cannot be displayed.
An error occurred while processing your request.
There was a problem loading this document.
Your session has expired.
This article has been removed from the database
Es ist ein Fehler aufgetreten.
Das Dokument konnte nicht gefunden werden.
Dokument nicht verfügbar
Une erreur est survenue.
Le document demandé n’est plus disponible
Document introuvable
Se ha producido un error
El documento no está disponible
Si è verificato un errore
Il documento non è disponibile
Ocorreu um erro
O documento não está disponível
Er is een fout opgetreden
Dit document is niet beschikbaar
Wystąpił błąd
Nie znaleziono dokumentu
Произошла ошибка при загрузке страницы
Документ не найден
Сталася помилка
Документ не знайдено
系统错误""",
}
