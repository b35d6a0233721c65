## Les lignes qui encadrent ce qui est dit

hint-line = conseil :
warning-line = attention :
yes = oui
no = non

## Aide : les mots de la page

help-word-usage = Utilisation :
help-word-arguments = Arguments{" "}
help-word-options = Options{" "}
help-word-global-options = Options générales{" "}
general-options-elsewhere = Options générales : voyez « cleotp --help ».
help-word-commands = Commandes{" "}

## Aide : ce que prennent les arguments

value-command = COMMANDE
value-file = FICHIER
value-dir = DOSSIER
value-format = FORMAT
value-language = LANGUE
value-uai = UAI
value-name = NOM
value-login = IDENTIFIANT
value-serial = NUMÉRO
value-old = ANCIENNE
value-new = NOUVELLE
value-range = PREMIER..DERNIER
value-text = TEXTE
value-login-or-serial = IDENTIFIANT|NUMÉRO
value-encoding = ENCODAGE
value-columns = COLONNES
value-state = ÉTAT
value-id = ID
value-date = DATE
value-account = COMPTE
value-role = RÔLE
value-action = ACTION
value-outcome = RÉSULTAT
value-number = NOMBRE
value-days = JOURS
value-shell = INTERPRÉTEUR
value-address = ADRESSE

## Aide : les commandes

help-cleotp = Administrer un parc de clés OTP
help-cleotp-more = Un secret n'est jamais la valeur d'une option : il est demandé au terminal, ou lu sur l'entrée standard, un par ligne.
    Les mots anglais des commandes sont toujours acceptés ; les accents sont facultatifs. Beaucoup d'options ont aussi un nom français, comme --établissement ou --nouveau-code.

    Au guichet d'un établissement :
      remettre une clé   cleotp cle attribuer NUMÉRO IDENTIFIANT, puis
                         cleotp bordereau IDENTIFIANT --new-code > bordereau.pdf
      code PIN oublié    cleotp code-pin reinitialiser IDENTIFIANT
      clé perdue         cleotp cle perdue NUMÉRO --emergency
      clé retrouvée      cleotp cle retrouvee NUMÉRO
      codes refusés      cleotp cle resynchroniser IDENTIFIANT
      qui a quelle clé   cleotp utilisateur lister
help-cleotp--version = Afficher la version
help-init = Créer la base, la clé du coffre et la configuration
help-demo = Dérouler tout le guide sur des clés d'exemple, dans un dossier d'essai
help-demo--folder = Dossier de la démonstration. Défaut : un dossier temporaire
help-doctor = Examiner l'installation, et dire comment réparer ce qui ne va pas
help-doctor-more = Rien n'est modifié. Une erreur empêche de travailler ou met des données en danger ; un avertissement annonce un ennui ; une remarque est bonne à savoir.
    Le code de sortie est 1 s'il y a une erreur ou un avertissement, sinon 0 : une remarque n'y change rien.
    Chaque nuit, depuis cron : « cleotp diagnostic --quiet » n'écrit que s'il y a quelque chose à réparer.
help-import = Importer les fichiers de graines d'un fabricant
help-import-more = Tout ou rien par fichier, sauf avec --partial : à la première erreur, rien du fichier n'est enregistré et le code de sortie est 65.
help-import--files = Fichiers du fabricant ; « - » est l'entrée standard
help-import--spool = Prendre les fichiers de ce dossier de dépôt, comme le dit son spool.toml, et ranger chacun dans done/DATE ou failed/DATE. Défaut : les fichiers nommés
help-import--format = Lire selon ce format. Défaut : reconnu d'après le contenu
help-import--psk-file = Fichier de la clé partagée, lisible par son seul propriétaire. Défaut : elle est demandée
help-import--secret-encoding = Écriture des graines d'un tableau : hex, base32 ou base64. Défaut : celle du format, ou reconnue d'après toutes les graines
help-import--columns = Contenu des colonnes d'un tableau, de gauche à droite, comme serial,secret,-,step. Défaut : selon l'en-tête
help-import--pad-serial = Compléter par des zéros, jusqu'à tant de chiffres, les numéros de série plus courts d'un tableau. Défaut : ceux qui en ont perdu sont refusés
help-import--passphrase-file = Fichier de la phrase secrète, lisible par son seul propriétaire. Défaut : elle est demandée
help-import--cipher = Chiffrement des valeurs qui ne le nomment pas, par exemple aes128-cbc. Défaut : elles sont refusées
help-import--accept-unauthenticated = Accepter les valeurs chiffrées sans MAC, si chaque remplissage est juste. Défaut : elles sont refusées
help-import--establishment = Établissement qui reçoit les clés. Défaut : le stock de l'académie
help-import--allow-weak-seeds = Accepter les graines courtes, publiées ou répétées. Défaut : elles sont refusées
help-import--partial = Importer les clés justes et laisser les autres de côté, avec le code de sortie 1. Défaut : tout ou rien
help-import--rejects = Avec --partial : fichier à créer pour les clés laissées de côté, sous la forme de celui qui est importé. Défaut : aucun
help-import--replace = Donner la graine du fichier aux clés connues qui n'ont jamais été attribuées. Défaut : une autre graine est une erreur
help-batch = Gérer les lots importés
help-batch-list = Lister ce qui est entré, et de quels fichiers
help-batch-show = Montrer un lot
help-batch-verify = Essayer quelques clés d'un lot avant de les distribuer
help-batch-verify-more = Au terminal seulement. Des clés sont tirées au sort parmi celles du lot qui sont en stock. Pour chacune, tapez les chiffres affichés, ou Entrée seule si elle n'est pas à portée de main : une autre est tirée. Rien n'est accepté ni consommé. Au plus 10 recherches sans résultat par heure pour une clé, et 30 par jour pour un opérateur.
    Le code de sortie est 0 si toutes les clés essayées sont justes, sinon 1.
help-batch-verify--sample = Combien de clés essayer. Défaut : 3
help-batch-undo = Annuler un lot tant qu'aucune de ses clés n'est sortie du stock
help-batch-undo-more = Toutes les clés du lot disparaissent d'un coup, avec leurs graines, et le même fichier peut être importé de nouveau. Le journal d'audit garde le nom du fichier et son SHA-256. Une confirmation est demandée au terminal ; ailleurs, il faut --yes.
help-establishment = Gérer les établissements
help-establishment-add = Ajouter un établissement
help-establishment-add--name = Nom de l'établissement
help-establishment-list = Lister les établissements
help-establishment-show = Montrer un établissement
help-establishment-rename = Donner un autre nom à un établissement
help-establishment-rename-more = L'UAI reste le même, et tout ce qui s'y rattache. Le nouveau nom figure sur les prochains bordereaux.
help-establishment-rename--name = Nouveau nom
help-establishment-import = Ajouter toute une liste d'établissements
help-establishment-import--file = Liste CSV à colonnes uai et name ; « - » est l'entrée standard
help-user = Gérer les utilisateurs
help-user-add = Ajouter un utilisateur
help-user-add--name = Prénom et nom
help-user-add--establishments = Établissement de l'utilisateur ; répétez l'option pour plusieurs
help-user-list = Lister les utilisateurs
help-user-list--establishment = Seulement ceux de cet établissement. Défaut : tous
help-user-show = Montrer un utilisateur
help-user-import = Ajouter toute une liste d'utilisateurs
help-user-import--file = Liste CSV à colonnes login, name et establishment ; « - » est l'entrée standard
help-user-disable = Désactiver des utilisateurs : leurs clés ne répondent plus
help-user-enable = Réactiver des utilisateurs désactivés
help-user-move = Changer des utilisateurs d'établissement
help-user-move-more = L'utilisateur quitte son seul établissement, ou celui de --leaving, pour celui de --to ; une clé que tenait l'ancien le suit. Avec --keep, il appartient aux deux. Sans --to, il en quitte un parmi plusieurs.
help-user-move--leaving = Établissement que quittent les utilisateurs. Défaut : le seul de chacun
help-user-move--to = Établissement où vont les utilisateurs. Défaut : aucun, ils en quittent un parmi plusieurs
help-user-move--keep = Les utilisateurs restent aussi dans leurs établissements. Défaut : ils quittent l'ancien
help-user-export = Remettre tout ce qui est connu d'un utilisateur, en JSON
help-user-export-more = Pour qui demande ce qui est gardé à son sujet (RGPD, article 15) : aucun secret n'y est, ni l'empreinte d'un secret. Un administrateur trouve aussi par son identifiant un utilisateur supprimé, tant que son nom n'est pas effacé. Chaque remise est un événement de l'audit.
help-user-remove = Supprimer des utilisateurs qui partent : clé, codes et, le moment venu, nom
help-user-remove-more = La clé retourne au stock de son établissement, sauf si --retire ou --lost dit autre chose ; son code PIN, le code d'activation et les codes de secours prennent fin aussitôt. L'identifiant et le nom sont gardés pour l'audit aussi longtemps que le dit leavers-kept dans la configuration (un an), puis effacés. L'identifiant peut être redonné à quelqu'un d'autre dès maintenant. Une confirmation est demandée au terminal ; ailleurs, il faut --yes.
help-user-remove--to = Établissement où les clés sont revenues. Défaut : celui d'où chacune venait, ou celui de son utilisateur
help-user-remove--retire = Mettre au rebut les clés rendues. Défaut : retour au stock
help-user-remove--lost = Les clés n'ont pas été rendues : les déclarer perdues. Défaut : retour au stock
help-key = Gérer les clés
help-key-list = Lister les clés
help-key-list--state = Seulement celles dans cet état : stock, assigned (attribuée), active, suspended (suspendue), lost (perdue) ou retired (au rebut). Défaut : toutes
help-key-list--establishment = Seulement celles de cet établissement. Défaut : toutes
help-key-list--login = Seulement celles de cet utilisateur. Défaut : toutes
help-key-list--batch = Seulement celles de ce lot. Défaut : toutes
help-key-list--on-their-way = Seulement celles qui sont envoyées et pas encore arrivées. Défaut : toutes
help-key-list--held = Seulement celles qui sont revenues avec une sauvegarde et n'acceptent aucun code avant confirmation. Défaut : toutes
help-key-show = Montrer des clés
help-key-assign = Attribuer une clé du stock à un utilisateur
help-key-assign-more = Une liste est prise en entier ou pas du tout. Une clé que son utilisateur a déjà compte comme faite : la même liste peut être reprise.
help-key-assign--from = Liste CSV à colonnes serial et login ; « - » est l'entrée standard. Défaut : la clé et l'utilisateur nommés
help-key-replace = Remplacer des clés par d'autres, pour les mêmes utilisateurs
help-key-replace-more = La nouvelle clé est attribuée au détenteur de l'ancienne et s'active comme toute clé. L'ancienne sert encore jusqu'à la première vérification acceptée avec la nouvelle, puis est mise au rebut ; une clé perdue ne sert plus. « cleotp clé désattribuer » sur la nouvelle annule le remplacement.
help-key-replace--old = Clé remplacée : active, suspendue ou perdue
help-key-replace--new = Clé du stock qui la remplace
help-key-replace--keep-pin = Garder le code PIN de l'ancienne clé pour la nouvelle. Défaut : un nouveau code PIN est créé à la première vérification
help-key-replace--from = Liste CSV à colonnes old et new, ou ancienne et nouvelle, comme l'écrit « cleotp rapport échéances --pairs -o csv » ; « - » est l'entrée standard ; toutes les lignes ou aucune. Défaut : les deux clés nommées
help-key-unassign = Remettre des clés en stock
help-key-return = Reprendre des clés à leurs utilisateurs, dans le stock de leur établissement
help-key-return-more = Le code PIN est effacé ; aucun code déjà utilisé ne redevient bon. Une clé retourne à l'établissement d'où elle venait, si son utilisateur en fait partie, sinon à celui de son utilisateur.
help-key-return--to = Établissement où la clé est revenue. Défaut : celui d'où elle venait, ou celui de son utilisateur
help-key-ship = Envoyer des clés en stock à un établissement, ou les renvoyer à l'académie
help-key-ship-more = Une clé en route ne peut être ni attribuée ni activée avant son arrivée : « cleotp clé recevoir ». Jusque-là, elle compte pour le lieu qui l'a envoyée.
help-key-ship--to = Établissement où les clés sont envoyées. Défaut : aucun, dites où par cette option ou par --to-academy
help-key-ship--to-academy = Renvoyer les clés à l'académie. Défaut : à l'établissement de --to
help-key-receive = Réceptionner des clés là où elles ont été envoyées
help-key-suspend = Suspendre des clés : elles ne répondent plus pour un temps
help-key-resume = Remettre en service des clés suspendues, avec le même code PIN
help-key-lost = Déclarer des clés perdues : elles s'arrêtent aussitôt
help-key-lost-more = Le code PIN est gardé, pour les codes de secours et pour le cas où la clé serait retrouvée. Aucun code d'une clé perdue n'est accepté, et son code d'activation est révoqué. --emergency ne prend qu'une clé.
help-key-lost--emergency = Émettre en même temps une liste de codes de secours pour son utilisateur, montrée une seule fois. Défaut : non
help-key-lost--days = Durée de validité de cette liste en jours, 7 au plus ; avec --emergency. Défaut : 3
help-key-lost--output = Écrire ces codes dans un nouveau fichier lisible par son seul propriétaire ; avec --emergency. Défaut : les afficher
help-key-found = Reprendre des clés perdues : en stock, ou pour leurs utilisateurs
help-key-found-more = Une clé retrouvée va en stock et son code PIN est effacé, car personne ne sait qui l'a eue en main. Avec --restore, elle redevient ce qu'elle était, pour son utilisateur et avec son code PIN, et le motif est inscrit au journal d'audit.
help-key-found--restore = Rendre à la clé l'état d'avant sa perte ; demande --reason. Défaut : en stock
help-key-found--reason = Pourquoi son utilisateur peut s'en resservir, pour le journal d'audit. Défaut : aucun
help-key-retire = Mettre des clés au rebut, pour toujours
help-key-retire-more = Dans tout état. Le code PIN est effacé ; la clé reste dans les listes, et son numéro ne peut plus jamais être importé. Une confirmation est demandée au terminal ; ailleurs, il faut --yes.
help-key-unlock = Débloquer des clés après trop d'échecs
help-key-resync = Resynchroniser une clé dont l'horloge ou le compteur n'est plus le bon
help-key-resync-more = Sur l'entrée standard hors terminal : deux codes consécutifs (trois avec --three), un par ligne.
help-key-resync--subject = Numéro de série de la clé, ou identifiant de son détenteur
help-key-resync--three = Demander trois codes et chercher plus loin. Défaut : deux codes
help-key-diagnose = Dire ce que signifie le code affiché sur une clé
help-key-diagnose-more = Réservé à l'administrateur. Rien n'est accepté ni consommé. Sur l'entrée standard hors terminal : un code, ou deux codes consécutifs, un par ligne ; sans le second, on ne cherche que près de l'heure de la clé. Au plus 10 recherches sans résultat par heure pour une clé, et 30 par jour pour un opérateur.
help-key-diagnose--serial = Numéro de série de la clé
help-activation = Gérer les codes d'activation
help-activation-new = Émettre un code d'activation, montré une seule fois
help-activation-new--serial = Lier le code à cette clé. Défaut : la clé attribuée à l'utilisateur
help-activation-new--output = Écrire le code dans un nouveau fichier lisible par son seul propriétaire. Défaut : l'afficher
help-activation-campaign = Émettre des codes d'activation pour toute une liste d'utilisateurs
help-activation-campaign-more = La liste a une colonne login et, si un code est destiné à une clé précise, une colonne serial. Tous les codes sont émis ou aucun. Le résultat est un CSV, une ligne par utilisateur, avec son code. Relancée sur la même liste, la commande n'émet de code que pour ceux qui n'en ont pas en attente ; ceux qui ont activé leur clé n'en reçoivent jamais.
help-activation-campaign--file = Liste CSV à colonnes login et, au besoin, serial ; « - » est l'entrée standard
help-activation-campaign--reissue = Émettre un autre code à ceux qui en ont un en attente, qui prend fin. Défaut : ils gardent le leur
help-activation-campaign--output = Écrire le CSV dans un nouveau fichier lisible par son seul propriétaire. Défaut : la sortie standard
help-activation-campaign--slips = Imprimer aussi les bordereaux de remise, une page par code émis, dans un nouveau fichier PDF lisible par son seul propriétaire ; « - » est la sortie standard, et le CSV n'y va alors pas. Chacun doit avoir une clé. Défaut : aucun bordereau
help-activation-import = Reprendre les codes d'activation d'un ancien système
help-activation-import-more = Réservé à l'administrateur. Un code a 8 lettres ou chiffres. Sans date, il vit aussi longtemps qu'un nouveau code ; avec une date, 30 jours au plus. Un code déjà repris ne l'est pas une seconde fois, même s'il a servi.
help-activation-import--file = Liste CSV à colonnes login, code et, au besoin, serial et expires_at ; « - » est l'entrée standard
help-activation-list = Lister les codes d'activation, et ce qu'ils sont devenus
help-activation-list--login = Seulement ceux de cet utilisateur. Défaut : tous
help-activation-revoke = Révoquer les codes d'activation d'utilisateurs
help-emergency = Gérer l'accès de secours, quand la clé n'est pas là
help-emergency-new = Émettre une liste de dix codes de secours, montrée une seule fois
help-emergency-new-more = Pour un utilisateur dont la clé est perdue, ou restée ailleurs. Il tape un code de secours à la place des chiffres de la clé, derrière son code PIN ; chaque code ne sert qu'une fois. Une nouvelle liste met fin à la précédente.
help-emergency-new--days = Durée de validité en jours, 7 au plus. Défaut : 3
help-emergency-new--output = Écrire les codes dans un nouveau fichier lisible par son seul propriétaire. Défaut : les afficher
help-emergency-list = Lister les listes de secours, et ce qu'elles sont devenues, sans leurs codes
help-emergency-list--login = Seulement celles de cet utilisateur. Défaut : toutes
help-emergency-revoke = Révoquer la liste de secours d'un utilisateur
help-slip = Imprimer les bordereaux de remise : une page PDF par détenteur, à lire et à signer
help-slip-more = Chaque page porte l'établissement, le détenteur, le numéro de série, les étapes du guide et la place des signatures. Un code d'activation n'y figure qu'avec --new-code. Les adresses sont portal-address et help-contact de config.toml.
help-slip--logins = Détenteurs des clés remises
help-slip--all = Prendre chaque utilisateur autorisé à se connecter dont la clé attribuée n'est pas encore active, par établissement et par nom. Défaut : les utilisateurs nommés
help-slip--new-code = Émettre un code d'activation pour chacun et l'imprimer ; les codes précédents prennent fin. Défaut : une place pour un code remis séparément
help-slip--receipts = Imprimer la liste que garde le délégué, avec la place de chaque signature, et aucun bordereau. Défaut : les bordereaux
help-slip--output = Écrire le PDF dans un nouveau fichier lisible par son seul propriétaire. Défaut : la sortie standard
help-activate = Activer une clé avec son code d'activation
help-activate-more = Sur l'entrée standard hors terminal : le code d'activation.
help-pin = Gérer les codes PIN
help-pin-set = Créer le code PIN d'une clé
help-pin-set-more = Sur l'entrée standard hors terminal : avec --ticket le ticket, puis deux fois le code PIN, un par ligne.
help-pin-set--ticket = Lire le ticket de la vérification en première ligne. Défaut : étapes demandées au terminal
help-pin-change = Changer son code PIN
help-pin-change-more = Sur l'entrée standard hors terminal : avec --ticket le ticket, puis le passcode, puis deux fois le nouveau code PIN, un par ligne.
help-pin-change--ticket = Lire en première ligne le ticket de la réponse précédente, et en deuxième le code suivant, seul. Défaut : pas de ticket
help-pin-reset = Effacer des codes PIN : leurs détenteurs en créent de nouveaux
help-check = Vérifier un passcode
help-check-more =
    Sur l'entrée standard hors terminal : avec --ticket le ticket, puis le passcode, un par ligne.

    Avec --batch, un objet JSON par ligne en entrée et une réponse par ligne en sortie, jusqu'à la fin de l'entrée :
    {"{"}"login":"jdupont","passcode":"…"{"}"}, avec "ticket" pour un second message, "source" pour l'adresse de
    l'appelant et "id" pour reconnaître la réponse. "action" vaut "check" (par défaut), "activate" (avec "serial" et
    "activation_code"), "pin-set" (avec "ticket", "pin" et "pin_again"), "pin-change" (avec "passcode", "pin" et "pin_again"). Les réponses d'un même identifiant arrivent
    dans l'ordre ; chacune est sur le disque avant d'être écrite.
help-check--ticket = Lire le ticket de la vérification précédente en première ligne. Défaut : pas de ticket
help-check--source = Adresse de l'appelant, par laquelle les échecs sont ralentis. Défaut : aucune
help-check--batch = Répondre à des lignes JSON jusqu'à la fin de l'entrée standard. Défaut : une seule vérification
help-check--pam = Répondre à pam_exec : PAM_USER dit qui se présente, le passcode est toute l'entrée standard. Défaut : IDENTIFIANT dit qui
help-check--radius = Répondre à rlm_exec de FreeRADIUS : tout est dans l'environnement, comme ce serveur l'écrit. Défaut : IDENTIFIANT dit qui

help-operator = Gérer les opérateurs : qui a le droit de faire quoi
help-operator-add = Donner un rôle à un compte de cette machine
help-operator-add-more = Le rôle prend la place de celui que le compte avait.
    admin : tout. delegate (délégué) : les utilisateurs, les clés, les codes d'activation et de secours de ses établissements.
    importer : l'import, et rien d'autre. auditor : lit le journal d'audit, les rapports et la provenance des clés.
    verifier : vérifier, activer, choisir et changer un code PIN.
help-operator-add--account = Nom du compte
help-operator-add--role = admin, delegate, importer, auditor ou verifier
help-operator-add--establishments = Établissement d'un délégué ; répétez l'option pour plusieurs. Défaut : aucun, comme le veulent les autres rôles
help-operator-add--until = Dernier jour du rôle (UTC). Défaut : jusqu'à ce qu'il soit retiré
help-operator-list = Lister les opérateurs
help-operator-list--at = Ceux qui étaient opérateurs à cette date (UTC). Défaut : maintenant
help-operator-remove = Retirer des rôles
help-operator-remove--accounts = Comptes, par le nom que montre la liste
help-audit = Gérer le journal d'audit
help-audit-list = Lister les événements
help-audit-list--since = À partir de cette date (UTC). Défaut : le premier événement
help-audit-list--until = Jusqu'à la fin de cette date (UTC). Défaut : maintenant
help-audit-list--login = Seulement ceux de cet utilisateur. Défaut : tous
help-audit-list--user = Seulement ceux de l'utilisateur de ce numéro, même si son nom est effacé. Défaut : tous
help-audit-list--serial = Seulement ceux de cette clé. Défaut : tous
help-audit-list--establishment = Seulement ceux de cet établissement. Défaut : tous
help-audit-list--operator = Seulement les actes de cet opérateur. Défaut : tous
help-audit-list--action = Seulement cette action, comme key-assign. Défaut : toutes
help-audit-list--outcome = Seulement ce résultat. Défaut : tous
help-audit-list--limit = Au plus ce nombre d'événements, les derniers. Défaut : tous
help-audit-verify = Vérifier qu'aucun événement n'a été modifié
help-audit-verify--checkpoint = Confronter la chaîne aux points de contrôle de ce fichier, gardé ailleurs (- pour l'entrée standard). Défaut : aucun
help-audit-checkpoint = Noter où en est le journal d'audit, pour le garder sur une autre machine
help-audit-checkpoint-more = La ligne ne contient ni secret ni nom. Elle ne prouve quelque chose que là où personne qui peut écrire sur ce serveur ne peut la changer : envoyez-la ailleurs, toutes les heures. La même ligne va au journal du système (journald ou syslog).
help-audit-checkpoint--file = Fichier à créer ; - pour la sortie standard. Défaut : -
help-audit-checkpoint--append = Ajouter la ligne au fichier s'il existe. Défaut : le refuser
help-audit-export = Donner tous les événements, avec ce qui les enchaîne
help-audit-export-more = Un objet par ligne, ou du CSV avec -o csv, ou un seul document avec -o json ; le CSV est protégé contre les formules, sauf avec --raw. Les utilisateurs y sont désignés par leur numéro : les noms sont effacés en leur temps, et aucun code de la chaîne ne les couvre.
help-audit-export--since = À partir de cette date (UTC). Défaut : le premier événement
help-audit-export--until = Jusqu'à la fin de cette date (UTC). Défaut : maintenant
help-audit-export--output = Fichier à créer au lieu de la sortie standard. Défaut : la sortie standard
help-audit-purge = Supprimer les événements plus anciens que ce qu'il faut garder
help-audit-purge-more = La durée de conservation est celle de audit-kept dans la configuration : un an, et jamais moins de six mois. Ce qui reste des événements supprimés est scellé : la suite se vérifie comme avant. Une confirmation est demandée au terminal ; ailleurs, il faut --yes.
help-audit-purge--before = Les événements d'avant cette date (UTC). Défaut : ce que dit audit-kept
help-backup = Copier la base dans un seul fichier, pendant qu'elle sert
help-backup-more = Tout ce qui a été confirmé avant le début de la commande est dans la copie. Les graines, les codes PIN et les codes y restent scellés par la clé du coffre, qui n'y est pas : gardez une copie de vault.key ailleurs. Les noms et les identifiants y sont lisibles : avec « - », faites passer la copie par age ou gpg.
help-backup--file = Nouveau fichier, que seul son propriétaire peut ouvrir ; « - » est la sortie standard
help-restore = Mettre une sauvegarde à la place de la base, ou vérifier que ce serait possible
help-restore-more = Rien de ce qui a servi depuis la sauvegarde ne peut resservir : chaque clé est avancée au-delà de l'instant présent, et tous les tickets, codes d'activation et codes de secours prennent fin. Les clés dont l'état a pu changer depuis sont retenues : elles n'acceptent aucun code avant « cleotp restaurer --confirm-since DATE ». L'ancienne base est gardée à côté de la nouvelle.
    Une confirmation est demandée au terminal ; ailleurs, il faut --yes.
help-restore--file = Sauvegarde, telle que « cleotp sauvegarder » l'a écrite ; « - » est l'entrée standard
help-restore--check = Ne rien changer, et dire si la sauvegarde pourrait être restaurée. Défaut : la restaurer
help-restore--confirm-since = Laisser resservir les clés retenues : vous avez examiné tout ce qui s'est passé depuis cette date (UTC). Défaut : aucune n'est libérée
help-restore--serials = Seulement cette clé ; répétez l'option pour plusieurs. Défaut : toutes celles qui sont retenues
help-report = Rendre compte du parc de clés
help-report-stock = Compter les clés par établissement, modèle et état
help-report-activation = Lister qui n'a pas encore utilisé sa clé, et ce qui manque
help-report-activation-more = Chacun y figure une fois. D'abord les codes d'activation en attente ou expirés, en commençant par ceux qui expirent le plus tôt ; puis les clés dont l'utilisateur n'a aucun code pour les activer, et celles qui, une fois actives, n'ont encore accepté aucun passcode.
help-report-drift = Dire comment vont les horloges des clés, et lesquelles sortiront de la tolérance
help-report-drift-more = Les clés en service, celles qui sortiront le plus tôt de la tolérance d'abord. Une clé qui ne sert pas en sort à la date dite : il lui faudra un second code, puis, plus tard, une resynchronisation. La marche d'une horloge est connue après trois mois d'usage.
help-report-drift--before = Seulement les clés qui, sans servir d'ici là, sortiront de la tolérance avant cette date (UTC). Défaut : toutes
help-report-expiry = Lister les clés qui arrivent à échéance, ou proposer leurs remplaçantes
help-report-expiry-more = Les clés perdues ou mises au rebut n'y figurent pas. Avec --pairs, chaque clé remise à quelqu'un est mise en regard d'une clé en stock dans son établissement, valable au-delà de la date et proposée une seule fois. En CSV, c'est la liste que prend « cleotp clé remplacer --from », sans celles pour lesquelles il ne reste rien ou qui ne peuvent pas encore être remplacées.
help-report-expiry--before = La date (UTC). Défaut : dans 90 jours
help-report-expiry--pairs = Proposer une clé en stock pour chacune de celles qui ont été remises. Défaut : non
help-report-lockouts = Lister les clés bloquées, et celles dont l'utilisateur doit patienter
help-report-checks = Compter les vérifications par heure ou par jour
help-report-checks-more = Heures et jours sont en UTC ; ceux sans vérification sont omis. Sont éconduits ceux qui ont essayé pendant l'attente imposée après des échecs : ils sont comptés à l'essai suivant. Chaque utilisateur accepté compte une fois.
help-report-checks--since = Seulement à partir de ce moment (UTC). Défaut : sept jours avant le dernier moment
help-report-checks--until = Seulement jusqu'à ce moment ; une date sans heure s'entend jusqu'à sa fin (UTC). Défaut : maintenant
help-report-checks--by-day = Compter par jour. Défaut : par heure
help-report-dormant = Lister les clés en service que personne n'utilise
help-report-dormant-more = Les clés actives qui n'ont accepté aucun passcode depuis un certain temps, les plus anciennes d'abord ; celles qui ont été activées depuis n'en sont pas.
help-report-dormant--days = Depuis au moins ce nombre de jours, de 1 à 3650. Défaut : 90
help-report-batches = Dire de chaque clé de quelle ligne de quel fichier elle vient, et qui l'a importée
help-report-batches--batch = Seulement les clés de ce lot. Défaut : toutes
help-report-operators = Dire qui peut faire quoi, maintenant ou tel jour
help-report-operators--at = À ce moment (UTC). Défaut : maintenant
help-config = Regarder la configuration
help-config-show = Montrer chaque réglage, d'où il vient et ce qu'il peut être
help-config-show-more = N'a besoin d'aucune base. Un réglage que config.toml ne nomme pas garde son défaut. Aucun secret n'est un réglage.
help-config-check = Dire tout ce qui ne va pas dans la configuration, ou dans un fichier qui doit le devenir
help-config-check-more = Chaque faute avec sa ligne et sa colonne, et ce que prend le réglage. Rien n'est modifié. Un FICHIER nommé - est l'entrée standard.
help-config-check--file = Le fichier. Défaut : le config.toml du dossier de la base
help-vault = Gérer la clé du coffre, qui ouvre la base
help-vault-status = Dire quelle clé du coffre ouvre la base, où elle est, et où en mettre une copie
help-vault-rotate = Remplacer la clé du coffre par une nouvelle
help-vault-rotate-more = Rien d'autre ne change : graines, codes PIN et codes restent ce qu'ils sont, et les vérifications en cours continuent. Les sauvegardes d'avant demandent encore l'ancienne clé. Une confirmation est demandée au terminal ; ailleurs, il faut --yes.
help-completions = Écrire le script de complétion d'un interpréteur de commandes
help-completions-more = Le script est écrit sur la sortie standard, dans la langue de --lang, de la configuration ou de l'environnement. Il ne contient aucun chemin, et n'appelle jamais cleotp.
help-completions--shell = Interpréteur : bash, zsh ou fish
help-man = Écrire le manuel
help-man-more = Sans dossier : la seule page cleotp(1), sur la sortie standard. Avec un dossier : toutes les pages, dans les deux langues, dans ses dossiers man1 et fr/man1. Les pages déjà là sont remplacées.
help-man--folder = Dossier qui reçoit les pages. Défaut : écrire la page cleotp(1) sur la sortie standard

## Aide : les arguments de plusieurs commandes

help-any--serial = Numéro de série, au dos de la clé
help-any--serials = Numéros de série, au dos des clés
help-any--from = Liste CSV avec la colonne « numéro de série » (serial) ; « - » est l'entrée standard. Défaut : les numéros donnés
help-any--range = Toutes les clés d'un numéro à un autre, bornes comprises, comme 103142718..103142767. Défaut : les numéros donnés
help-any--list = Liste CSV avec la colonne « identifiant » (login) ; « - » est l'entrée standard. Défaut : les utilisateurs nommés
help-any--login = Identifiant de l'utilisateur
help-any--logins = Identifiants des utilisateurs
help-any--uai = UAI de l'établissement : sept chiffres et une lettre
help-any--id = Numéro du lot
help-any--dry-run = Dire ce qui serait fait, sans rien changer. Défaut : le faire

help-global--home = Dossier de la base. Défaut : CLEOTP_HOME, sinon /var/lib/cleotp, sinon votre dossier de données
help-global--output-format = Forme de la réponse : table, json, jsonl ou csv. Défaut : table
help-global--lang = Langue : fr ou en. Défaut : celle de la configuration, sinon de l'environnement
help-global--quiet = Ne dire que ce qui est demandé. Défaut : non
help-global--verbose = En dire plus. Défaut : non
help-global--yes = Répondre oui à toute confirmation. Défaut : demander
help-global--no-progress = Ne montrer ni progression ni décompte. Défaut : montrés sur un terminal
help-global--raw = CSV sans protection contre les formules, pour les machines. Défaut : protégé
help-global--excel = CSV pour un tableur : points-virgules et marque d'ordre des octets. Défaut : non
help-global--help = Afficher l'aide ; davantage avec --help

## Les listes

none-keys = Aucune clé.
none-held-keys = Aucune clé n'est retenue.
none-users = Aucun utilisateur.
none-establishments = Aucun établissement.
none-batches = Aucun lot.
none-activations = Aucun code d'activation.
none-emergencies = Aucune liste de secours.
none-events = Aucun événement.
none-operators = Aucun opérateur.
none-drifts = Aucune clé à signaler.
none-stocks = Aucune clé en base.
none-handovers = Chacun utilise la clé qu'il a reçue.
none-expiries = Aucune clé n'arrive à échéance d'ici là.
none-replacements = Aucune clé remise à quelqu'un n'arrive à échéance d'ici là, hors celles déjà en cours de remplacement.
none-lockouts = Aucune clé n'est bloquée, et personne ne doit patienter.
none-checks = Aucune vérification pendant cette période.
none-dormants = Toutes les clés actives servent.
none-provenances = Aucune clé en base.
none-config = Aucun réglage.
none-findings = Rien à signaler.

column-login = Identifiant
column-name = Nom
column-establishments = Établissements
column-establishment = Établissement
column-enabled = Actif
column-created-at = Créé le
column-uai = UAI
column-old-serial = Ancienne
column-new-serial = Nouvelle
column-old-state = État de l'ancienne
column-keeps-pin = PIN gardé
column-serials = Clés
column-to = Nouvel établissement
column-serial = N° de série
column-state = État
column-locked = Bloquée
column-was-locked = Était bloquée
column-algorithm = Algorithme
column-digits = Chiffres
column-period = Période
column-manufacturer = Fabricant
column-model = Modèle
column-pin = Code PIN
column-drift = Dérive
column-not-before = Valable du
column-not-after = Valable jusqu'au
column-last-accepted-at = Dernier succès
column-batch = Lot
column-id = Numéro
column-file = Fichier
column-sha256 = SHA-256
column-format = Format
column-read = Lues
column-new = Nouvelles
column-old = Ancienne clé
column-new-key = Nouvelle clé
column-missing = Ce qui manque
column-lockout = Blocage
column-locked-at = Bloquée le
column-waits-until = Attend jusqu'à
column-from = Début
column-accepted = Acceptées
column-challenged = À compléter
column-refused = Refusées
column-turned-away = Éconduites
column-locked-keys = Clés bloquées
column-days = Jours
column-identical = Identiques
column-replaced = Remplacées
column-conflict = En conflit
column-rejected = Rejetées
column-left-out = Écartées
column-warnings = Avertissements
column-line = Ligne
column-column = Colonne
column-severity = Gravité
column-code = Code
column-message = Message
column-expires-at = Expire le
column-left = Codes restants
column-issued-by = Émise par
column-seq = N°
column-key = Clé
column-value = Valeur
column-setting = Réglage
column-comes-from = Origine
column-may-be = Peut être
column-at = Moment
column-operator = Opérateur
column-account = Compte
column-uid = N° de compte
column-role = Rôle
column-since = Depuis
column-until = Jusqu'au
column-via = Par
column-action = Action
column-outcome = Résultat
column-reason = Motif
column-keys = Clés
column-before = Avant
column-after = Après
column-shipped-to = En route vers
column-shipped-at = Envoyée
column-held-since = Retenue depuis
column-drift-seconds = Dérive (s)
column-rate = Par jour (s)
column-leaves-window-at = Second code le
column-needs-resync-at = À recaler le
place-academy = l'académie
place-elsewhere = ailleurs
column-in-stock = En stock
column-left-stock = Déjà sorties
column-users = Utilisateurs

state-stock = en stock
state-assigned = attribuée
state-active = active
state-suspended = suspendue
state-lost = perdue
state-retired = au rebut
role-admin = administrateur
role-delegate = délégué
role-importer = importateur
role-auditor = auditeur
role-verifier = vérificateur
a-role-admin = administrateur
a-role-delegate = délégué
a-role-importer = importateur
a-role-auditor = auditeur
a-role-verifier = vérificateur
pin-none = aucun
pin-provisional = à confirmer
pin-set = créé
severity-error = erreur
severity-warning = avertissement

## La ligne de commande

hint-see-help = voyez « { $help } »
hint-import-went-so-far = les fichiers ci-dessus sont traités comme indiqué ; importez de nouveau les autres
hint-near = vouliez-vous dire « { $near } » ?

error-missing-command = il manque une commande
error-unknown-command = commande inconnue : « { $word } »
error-ambiguous-command = « { $word } » peut vouloir dire deux choses
error-ambiguous-command-hint = pour reprendre une clé à un utilisateur : « cleotp clé désattribuer » (desattribuer) ; pour la mettre hors d'usage à jamais : « cleotp clé mettre-au-rebut »
error-unknown-option = option inconnue : « { $argument } »
error-surplus-argument = il y a un mot de trop
error-surplus-argument-hint = voyez « { $help } » ; un secret ne se donne jamais sur la ligne de commande : il est demandé, ou lu sur l'entrée standard
error-missing-value = il manque une valeur après « { $argument } »
error-value-not-allowed = « { $value } » n'est pas admis pour « { $argument } » ; sont admis : { $choices }
error-takes-no-value = « { $argument } » ne prend pas de valeur
error-wrong-number-of-values = le nombre de valeurs de « { $argument } » est faux
error-option-given-twice = « { $argument } » ne peut être donné qu'une fois
error-options-exclude-each-other = « { $argument } » et « { $other } » s'excluent
error-missing-argument = il manque : { $arguments }
error-not-utf8 = ce n'est pas de l'UTF-8 : { $words }
error-not-utf8-hint = vérifiez l'encodage de votre terminal, qui doit être UTF-8
error-argument-too-long = le mot { $number } de la ligne de commande a { $length } octets ; { $allowed } au plus sont possibles
error-argument-too-long-hint = vérifiez ce qui est donné à cleotp ; une longue liste se donne dans un fichier
error-command-line = la ligne de commande est incompréhensible
error-invalid-number = « { $value } » n'est pas un nombre possible pour « { $argument } »
error-invalid-number-hint = donnez un nombre entier, à partir de 1
error-invalid-days = « { $value } » n'est pas une durée possible pour « { $argument } »
error-invalid-days-hint = une liste de secours est valable de 1 à { $most } jours
error-invalid-uai = « { $value } » n'est pas un UAI
error-invalid-uai-hint = un UAI a sept chiffres et une lettre, comme 0860034V
error-wrong-uai-letter = « { $value } » est mal saisi : ces chiffres demandent la lettre { $right }
error-wrong-uai-letter-hint = comparez les sept chiffres et la lettre aux papiers de l'établissement
error-invalid-serial = « { $value } » n'est pas un numéro de série
error-invalid-serial-hint = un numéro de série a 1 à 40 lettres, chiffres ou . _ # : - et commence par une lettre ou un chiffre
error-invalid-range = « { $value } » n'est pas une suite de numéros de série
error-invalid-range-hint = donnez le premier et le dernier, de même longueur, comme 103142718..103142767
error-invalid-remark = « { $value } » n'est pas un motif
error-invalid-remark-hint = un motif a de 1 à 200 caractères, sur une ligne
error-invalid-login = « { $value } » n'est pas un identifiant
error-invalid-login-hint = un identifiant a 1 à 64 lettres sans accent, chiffres ou . _ @ - et commence par une lettre ou un chiffre
error-invalid-name = « { $value } » n'est pas un nom
error-invalid-name-hint = un nom a 1 à 200 caractères, sur une ligne
error-unknown-state = aucun état ne s'appelle « { $value } »
error-unknown-state-hint = les états sont { $choices } ; assigned se lit « attribuée », suspended « suspendue », lost « perdue », retired « au rebut »
error-unknown-role = aucun rôle ne s'appelle « { $value } »
error-unknown-role-hint = les rôles sont admin, delegate, importer, auditor et verifier
error-role-without-establishment = un { $role } l'est pour des établissements précis, et aucun n'est nommé
error-role-without-establishment-hint = nommez chacun d'eux avec --establishment UAI
error-role-for-all = le rôle { $role } vaut pour tous les établissements
error-role-for-all-hint = enlevez --establishment, ou donnez le rôle delegate
error-until-is-past = le dernier jour du rôle est déjà passé
error-until-is-past-hint = donnez un jour à venir ; pour retirer un rôle : « cleotp operateur supprimer COMPTE »
error-invalid-moment = « { $value } » n'est pas une date
error-invalid-moment-hint = écrivez 2026-11-24, "2026-11-24 09:12" (UTC) ou 2026-11-24T09:12:00Z
error-invalid-address = « { $value } » n'est pas une adresse IP
error-invalid-address-hint = écrivez-la comme 192.0.2.7 ou 2001:db8::7

## Entrées, sorties et questions

error-interrupted = la question est restée sans réponse
error-interrupted-hint = relancez la commande ; un code déjà tapé ne resservira pas : attendez le suivant
hint-nothing-changed = rien n'a été changé
error-confirmation-needed = il faut confirmer, et il n'y a personne au terminal
error-confirmation-needed-hint = rien n'a été changé ; si c'est bien voulu, ajoutez --yes
error-input-ended = l'entrée standard s'est terminée avant ce qui était attendu
error-input-ended-hint = donnez une ligne par secret, dans l'ordre indiqué par --help
error-input-too-long = l'entrée standard contient plus de { $limit } octets
error-input-too-long-hint = vérifiez ce qui est envoyé à cleotp
error-input-too-large = l'entrée standard contient plus de { $mebibytes } Mio
error-input-too-large-hint = vérifiez ce qui est envoyé à cleotp
error-line-too-long = la ligne { $line } dépasse { $limit } octets
error-line-too-long-hint = chaque ligne est un objet JSON ; voyez cleotp verifier --help
error-line-not-json = ligne { $line }, colonne { $column } : ce n'est pas un objet JSON
error-line-not-json-hint = chaque ligne est un objet JSON ; voyez cleotp verifier --help
error-line-not-understood = ligne { $line }, colonne { $column } : un champ est inconnu, manque, ou sa valeur n'est pas du bon type
error-line-not-understood-hint = les textes sont entre guillemets, les chiffres aussi ; cleotp verifier --help donne les champs
error-line-field-missing = ligne { $line } : le champ « { $field } » manque
error-line-field-missing-hint = cleotp verifier --help donne les champs de chaque action
error-line-field-unused = ligne { $line } : le champ « { $field } » ne va pas avec cette action
error-line-field-unused-hint = cleotp verifier --help donne les champs de chaque action
error-line-field-wrong = ligne { $line } : le champ « { $field } » n'a pas la bonne forme
error-line-field-wrong-hint = un identifiant commence par une lettre ou un chiffre et a 64 caractères au plus, un numéro de série 40
error-pam-type = PAM demande autre chose que « auth », seul cas auquel cleotp répond
error-pam-type-hint = appelez cleotp dans des lignes qui commencent par « auth » ; voyez cleotp-check(1)
error-variable-missing = la variable { $name } n'est pas là
error-variable-missing-hint = --pam est appelé par pam_exec, --radius par rlm_exec de FreeRADIUS avec shell_escape = yes ; voyez cleotp-check(1)
error-variable-twice = la variable { $name } est là deux fois
error-variable-twice-hint = l'une des deux n'est pas du serveur de connexion : personne n'entre ; cherchez ce qui laisse les utilisateurs apporter des variables (pam_env avec user_readenv)
error-variable-malformed = la variable { $name } n'a pas la bonne forme
error-variable-malformed-hint = personne n'entre ; un identifiant n'a que des lettres, des chiffres et . _ @ -, et FreeRADIUS a besoin de shell_escape = yes
error-cannot-read-input = l'entrée standard est illisible : { $reason }
error-cannot-read-input-hint = vérifiez ce qui est envoyé à cleotp
error-cannot-write = la réponse n'a pas pu être écrite : { $reason }
error-cannot-write-hint = ce qui a été fait est enregistré ; voyez où va la sortie (place, tube), puis relisez le résultat
error-answers-unread = plus personne ne lit les réponses : le programme qui les attendait s'est arrêté
error-answers-unread-hint = une ligne restée sans réponse a pu être traitée : demandez un nouveau code à son utilisateur
hint-code-lost = le code émis est perdu ; émettez-en un autre avec « cleotp activation nouveau { $login } »
hint-emergency-codes-lost = les codes émis sont perdus ; émettez une autre liste avec « cleotp secours nouveau { $login } »

## Les fichiers

error-file-missing = fichier introuvable : { $path }
error-file-missing-hint = vérifiez le nom et le dossier
error-file-exists = { $path } existe déjà
error-file-exists-hint = choisissez un autre nom ; rien n'est jamais écrasé
error-file-is-a-link = { $path } est un lien symbolique
error-file-is-a-link-hint = mettez-y le fichier lui-même, ou nommez le fichier lui-même
error-file-is-a-dangling-link = { $path } est un lien symbolique qui ne mène à aucun fichier
error-file-is-a-dangling-link-hint = remettez le fichier en place, ou supprimez le lien
error-file-not-regular = { $path } n'est pas un fichier ordinaire
error-file-not-regular-hint = nommez un fichier ; un tube se lit sur l'entrée standard avec « - »
error-file-is-a-directory = { $path } est un dossier
error-file-is-a-directory-hint = nommez les fichiers qu'il contient
error-secret-file-kind = { $path } n'est pas un fichier ordinaire
error-secret-file-kind-hint = nommez un fichier lisible par vous seul ; sans cette option, le secret est demandé, ou lu sur l'entrée standard
error-secret-file-too-large = { $path } dépasse { $limit } octets : ce n'est pas une clé
error-secret-file-too-large-hint = nommez le fichier qui contient seulement la clé partagée ou la phrase secrète
error-not-a-directory = { $path } n'est pas un dossier
error-not-a-directory-hint = nommez un dossier
error-file-has-several-names = { $path } a { $links } noms sur le disque
error-file-has-several-names-hint = « cp -p -- { $quoted } { $quoted }.new && mv -- { $quoted }.new { $quoted } », puis supprimez les autres noms
error-file-owner = { $path } appartient à l'uid { $owner }
error-file-owner-hint = en tant que root : chown -- { $expected } { $quoted }
error-file-mode = d'autres peuvent ouvrir { $path } (mode { $mode })
error-file-mode-hint = chmod { $wanted } -- { $quoted }
error-file-closed = le compte propriétaire de { $path } n'y a pas tous les droits (mode { $mode })
error-file-closed-hint = chmod { $wanted } -- { $quoted }
error-file-writable = d'autres peuvent modifier { $path } (mode { $mode })
error-file-writable-hint = chmod go-w -- { $quoted }
error-ancestor-owner = le dossier { $path } appartient à l'uid { $owner }, qui peut y remplacer la base et la clé du coffre
error-ancestor-owner-hint = en tant que root : chown -- root { $quoted }
error-ancestor-mode = d'autres peuvent écrire dans { $path } (mode { $mode }), et y remplacer la base et la clé du coffre
error-ancestor-mode-hint = chmod go-w -- { $quoted }
error-file-too-large = { $path } dépasse { $mebibytes } Mio
error-file-too-large-hint = découpez le fichier, ou relevez max-import-mebibytes dans config.toml
error-network-filesystem = { $path } est sur un système de fichiers réseau ({ $filesystem })
error-network-filesystem-hint = mettez le dossier de la base sur un disque local
error-cannot-read = { $path } est illisible : { $reason }
error-cannot-read-hint = vérifiez que le compte qui lance cleotp peut le lire
error-cannot-create = { $path } n'a pas pu être écrit : { $reason }
error-cannot-create-hint = vérifiez le dossier, ses permissions et la place sur le disque
hint-fed-to-account = cleotp travaille ici sous le compte { $account }, pas en tant que root : mettez « - » à la place du nom et envoyez-lui le fichier, comme dans « cleotp importer - < FICHIER », ou derrière sudo « sudo cat FICHIER | sudo cleotp importer - »
hint-secret-for-account = cleotp travaille ici sous le compte { $account }, pas en tant que root : laissez l'option de côté et répondez à la question, ou donnez-en une copie à ce compte : install -m 0600 -o { $account } -- { $quoted } DOSSIER
hint-written-by-account = cleotp travaille ici sous le compte { $account }, pas en tant que root : prenez la réponse sur la sortie standard, avec « > FICHIER », ou nommez un dossier où ce compte peut écrire
reason-storage-full = le disque est plein
reason-quota = le quota du compte est atteint
reason-read-only = le disque est en lecture seule
reason-not-permitted = ce compte n'en a pas le droit
reason-folder-missing = le dossier n'existe pas
reason-not-a-folder = un des dossiers du chemin n'en est pas un
reason-is-a-folder = c'est un dossier
reason-name-too-long = le nom est trop long
reason-name-has-a-nul = le nom contient un octet nul
reason-file-too-large = le fichier deviendrait trop grand
reason-closed = ce qui devait la recevoir s'est fermé
reason-would-block = il n'y a rien à lire pour l'instant
reason-disk-error = le disque signale une erreur
reason-too-many-files = trop de fichiers sont ouverts

## Le dossier de dépôt

error-spool-missing = il n'y a pas de dossier { $path }
error-spool-missing-hint = créez-le sous le compte qui lance cleotp : « mkdir -m 750 -- { $quoted } »
error-spool-is-home = le dépôt { $path } est le dossier de la base : les fichiers de celle-ci seraient pris pour ceux des fabricants
error-spool-is-home-hint = faites un dossier à part pour les fichiers des fabricants
error-spool-shelf-kind = { $path } est à la place d'un dossier de cleotp
error-spool-shelf-kind-hint = déplacez-le : le dossier est créé quand il le faut
error-spool-writable = d'autres peuvent retirer des fichiers de { $path } et en mettre d'autres à leur place (mode { $mode })
error-spool-writable-hint = « chmod go-w -- { $quoted } » ; pour un groupe qui y dépose ses fichiers : « chmod o-w,+t -- { $quoted } »
error-spool-file-owner = { $path } appartient à l'uid { $owner }, dont les fichiers ne sont pas pris ; il reste à sa place
error-spool-file-owner-hint = en tant que root : « chown -- { $expected } { $quoted } » ; ou nommez ce compte parmi les « owners » de spool.toml
error-spool-file-is-a-link = { $path } est un lien symbolique, qui n'est pas suivi ; il reste à sa place
error-spool-file-is-a-link-hint = mettez-y le fichier lui-même, et supprimez le lien
error-spool-file-is-a-folder = { $path } est un dossier, dont le contenu n'est pas pris
error-spool-file-is-a-folder-hint = remontez ses fichiers dans le dossier de dépôt, et supprimez-le
error-spool-file-not-regular = { $path } n'est pas un fichier ordinaire ; il reste à sa place
error-spool-file-not-regular-hint = supprimez-le, et mettez-y le fichier lui-même
error-spool-file-changed = { $path } a changé pendant l'import ; il reste à sa place, pour la prochaine fois
error-spool-file-changed-hint = faites-le écrire sous un nom en .part, à renommer quand il est complet
error-spool-refused = { $file } : refusé, { $errors ->
        [one] une erreur
       *[other] { $errors } erreurs
    } ; rien de ce fichier n'a été enregistré{ $reason }
error-spool-refused-hint = il est maintenant ici : { $place }, avec son compte rendu ; corrigez-le, ou corrigez spool.toml, puis remettez-le dans { $path }
hint-spool-stays = il reste à sa place
hint-spool-establishment = { $file } l'attend, d'après { $rules } : vérifiez-y l'UAI, ou ajoutez-le avec « cleotp etablissement ajouter »
hint-spool-secret = { $file } l'attend, d'après { $rules } : mettez-y le fichier, ou corrigez son nom dans { $rules }
error-spool-plain-kept = { $count ->
        [one] un fichier dont les graines sont en clair est gardé dans { $spool }
       *[other] { $count } fichiers dont les graines sont en clair sont gardés dans { $spool }, le premier
    } : { $first }
error-spool-plain-kept-hint = chiffrez-les ou supprimez-les : leurs clés sont importées ; sans keep-plain dans spool.toml, aucun n'est gardé
error-spool-failed = { $count ->
        [one] un fichier refusé attend dans { $spool }
       *[other] { $count } fichiers refusés attendent dans { $spool }, le premier
    } : { $first }
error-spool-failed-hint = ce qui n'allait pas est dans le rapport à côté : corrigez-le et remettez-le en place, ou supprimez-le
error-spool-waiting = { $count ->
        [one] un fichier attend dans { $spool } d'être pris
       *[other] { $count } fichiers attendent dans { $spool } d'être pris, le premier
    } : { $first }
error-spool-waiting-hint = le prochain passage le prendra : « cleotp importer --spool { $spool } »
error-spool-not-run = { $spool } a été relevé pour la dernière fois le { $since } (UTC) ; { $count ->
        [0] aucun fichier n'y attend
        [one] un fichier y attend
       *[other] { $count } fichiers y attendent
    }
error-spool-not-run-hint = cherchez pourquoi cron ne lance pas « cleotp importer --spool { $spool } »
error-spool-failed-old = { $count ->
        [one] un fichier refusé il y a plus de 7 jours attend toujours dans { $spool }
       *[other] { $count } fichiers refusés il y a plus de 7 jours attendent toujours dans { $spool }, le premier
    } : { $first }
error-spool-failed-old-hint = corrigez et remettez dans le dossier de dépôt ceux qui sont encore attendus, et supprimez les autres : leurs graines peuvent être en clair
error-spool-unknown-key = { $path }, ligne { $line }, colonne { $column } : réglage inconnu : { $key }
error-spool-unknown-key-hint = les réglages sont { $known }
error-spool-value = { $path }, ligne { $line }, colonne { $column } : { $key } ne prend pas cette valeur
error-spool-value-hint = { $key } prend { $takes }
error-spool-rule-without-files = { $path }, ligne { $line }, colonne { $column } : cette règle ne dit pas pour quels fichiers elle vaut
error-spool-rule-without-files-hint = donnez-lui files = "*.xml", ou une liste de tels motifs
spool-takes-age = une durée de "0s" à "1d", avec une unité : s, min, h, d
spool-takes-flag = true ou false
spool-takes-owners = une liste de comptes de cette machine, par nom ou numéro, comme ["fabricant", 1003]
spool-takes-rules = des règles, chacune sous une ligne [[rule]]
spool-takes-patterns = un motif de noms sans dossier, comme "feitian-*.xml", ou une liste de motifs
spool-takes-file = le nom d'un fichier, entre guillemets ; sans / au début, il est cherché dans le dossier de dépôt
spool-takes-format = le nom d'un format, comme "pskc-1.0" ; le manuel les donne
spool-takes-cipher = le nom d'un chiffrement, comme "aes128-cbc" ; le manuel les donne
spool-takes-uai = un UAI, comme "0860034V"
spool-takes-encoding = "hex", "base32" ou "base64"
spool-takes-columns = des colonnes de gauche à droite, comme "serial,secret,-,step"
spool-takes-digits = un nombre de 1 à 40

## La configuration

error-no-home = aucun dossier n'est connu pour la base
error-no-home-hint = donnez --home DOSSIER, ou la variable CLEOTP_HOME
hint-no-home-for-login-server = créez le dossier du système avec « sudo cleotp initialiser » (voyez docs/serveurs-de-connexion.md), ou donnez --home DOSSIER ; un serveur de connexion ne prend aucun dossier d'une variable
error-config-not-utf8 = { $path } n'est pas en UTF-8
error-config-not-utf8-hint = enregistrez le fichier en UTF-8
error-config-too-large = { $path } dépasse { $limit } octets : ce n'est pas une configuration
error-config-too-large-hint = remettez-y des lignes « réglage = valeur », ou supprimez-le : chaque réglage a un défaut
error-config-file-kind = { $path } n'est pas un fichier ordinaire
error-config-file-kind-hint = déplacez-le : chaque réglage a une valeur par défaut ; pour en changer, écrivez un fichier de ce nom
error-config-syntax = { $path }, ligne { $line }, colonne { $column } : ce n'est pas du TOML
error-config-syntax-hint = écrivez un « réglage = valeur » par ligne, les textes et les durées entre guillemets
error-config-key-twice = { $path }, ligne { $line }, colonne { $column } : ce réglage est donné deux fois
error-config-key-twice-hint = enlevez l'une des deux lignes
error-config-number-too-large = { $path }, ligne { $line }, colonne { $column } : ce nombre est trop grand
error-config-number-too-large-hint = remettez une valeur permise ; sans cette ligne, le réglage garde son défaut
error-config-not-a-span = { $path }, ligne { $line }, colonne { $column } : la valeur de { $key } n'est pas une durée
error-config-not-a-span-hint = écrivez entre guillemets une durée de "{ $least }" à "{ $most }", avec une unité : s, min, h, d
error-config-not-a-count = { $path }, ligne { $line }, colonne { $column } : la valeur de { $key } n'est pas un nombre entier
error-config-not-a-count-hint = écrivez sans guillemets un nombre de { $least } à { $most }
error-config-unknown-key = { $path }, ligne { $line }, colonne { $column } : réglage inconnu : { $key }{ $nearest ->
        [none] {""}
       *[other] {" "}; peut-être { $nearest }
    }
error-config-unknown-key-hint = les réglages sont { $known }
error-config-span = { $path }, ligne { $line }, colonne { $column } : { $key } est hors limites
error-config-span-hint = { $key } prend une durée de "{ $least }" à "{ $most }", avec une unité : s, min, h, d
error-config-count = { $path }, ligne { $line }, colonne { $column } : { $key } est hors limites
error-config-count-hint = { $key } prend un nombre de { $least } à { $most }
error-config-choice = { $path }, ligne { $line }, colonne { $column } : { $key } ne connaît pas cette valeur
error-config-choice-hint = { $key } prend l'une de ces valeurs : { $choices }
error-config-path = { $path }, ligne { $line }, colonne { $column } : { $key } n'est pas un chemin complet
error-config-path-hint = { $key } prend un chemin complet, qui commence par /
error-config-address = { $path }, ligne { $line }, colonne { $column } : { $key } n'est pas une adresse qui commence par https://
error-config-address-hint = { $key } prend une adresse comme « https://portail.exemple.fr/cle », de { $limit } caractères au plus
error-config-line = { $path }, ligne { $line }, colonne { $column } : { $key } n'est pas un texte d'une ligne
error-config-line-hint = { $key } prend un texte de 1 à { $limit } caractères, comme « Assistance : 05 49 00 00 00 »
error-config-pin-digits = { $path } : pin-min-digits ({ $minimum }) dépasse pin-max-digits ({ $maximum })
error-config-pin-digits-hint = il faut 4 ≤ pin-min-digits ≤ pin-max-digits ≤ 8
config-file = Le fichier est { $path }.
config-right = { $path } est en ordre : { $count ->
        [0] aucun réglage
        [one] un réglage
       *[other] { $count } réglages
    }.
config-none = Il n'y a pas de { $path } : chaque réglage a son défaut.
config-unset = aucun
config-from-default = défaut
config-from-file = ligne { $line }
config-range = de { $least } à { $most }
config-takes-path = un chemin complet
config-takes-line = une ligne de texte
config-takes-address = une adresse https://

## Les défauts

error-defect = un défaut de cleotp, à { $place } ; rien de secret n'a été affiché
error-defect-hint = signalez cette ligne, avec la commande lancée
error-no-randomness = le système ne donne pas d'octets aléatoires
error-no-randomness-hint = aucun secret ne peut être créé sans eux ; vérifiez le système

## La base et le coffre

error-no-database = il n'y a pas encore de base ici : { $path }
error-no-database-hint = créez-la avec « cleotp init », ou indiquez son dossier avec --home
error-database-lost = la base { $path } est perdue : il en reste { $left }
error-database-lost-hint = remettez à sa place votre dernière sauvegarde (« cleotp restaurer FICHIER »), et laissez le reste tel quel ; seulement s'il n'y a jamais eu de base, déplacez { $left }, puis « cleotp init »
hint-database-lost-log = remettez en place votre dernière sauvegarde : « cleotp restaurer FICHIER », qui garde { $left } sous un autre nom ; seul, il endommagerait une autre base
error-database-damaged = la base { $path } est endommagée, ou n'est pas une base
error-database-damaged-hint = n'y touchez plus ; remettez en place votre dernière sauvegarde : « cleotp restaurer FICHIER »
error-database-foreign = { $path } est la base d'un autre programme
error-database-foreign-hint = indiquez le bon dossier avec --home
error-database-newer = la base vient d'une version plus récente de cleotp (schéma { $found }, connu jusqu'à { $known })
error-database-newer-hint = installez la version de cleotp qui l'a créée, ou une plus récente
error-database-impossible = une ligne de la table { $table } contient une valeur impossible ({ $column })
error-database-impossible-hint = la base a été modifiée sans cleotp ; lancez « cleotp audit verify », puis remettez une sauvegarde
error-import-busy = un import ou l'annulation d'un lot est déjà en cours
error-import-busy-hint = rien n'a été changé ; recommencez quand il sera terminé
error-database-being-replaced = une sauvegarde est en train de prendre la place de la base
error-database-being-replaced-hint = rien n'a été changé ; recommencez dans un instant
error-database-in-use = la base { $path } est ouverte par un autre programme
error-database-in-use-hint = rien n'a été changé ; arrêtez le portail et ce qui vérifie des codes toute la journée (« fuser -v -- { $quoted } » montre qui c'est), puis recommencez
error-backup-busy = une autre sauvegarde est en cours
error-backup-busy-hint = rien n'a été changé ; recommencez quand elle sera terminée
error-restore-busy = une autre restauration est en cours
error-restore-busy-hint = rien n'a été changé ; recommencez quand elle sera terminée
error-backup-to-terminal = une sauvegarde n'est pas du texte, un terminal ne peut pas la montrer
error-backup-to-terminal-hint = donnez un nom de fichier, ou faites-la suivre : « cleotp backup - | age -r CLÉ > sauvegarde.age »
error-backup-foreign = { $path } n'est pas une sauvegarde de cleotp
error-backup-foreign-hint = une sauvegarde est ce que « cleotp sauvegarder » a écrit ; celle qui est passée par age ou gpg doit d'abord être ouverte par lui
error-backup-damaged = { $path } est abîmé ({ $first })
error-backup-damaged-hint = rien n'a été changé ; prenez une sauvegarde plus ancienne, ou la même sur un autre disque
error-backup-edited = { $path } a été modifié sans cleotp : { $names }
error-backup-edited-hint = rien n'a été changé ; prenez une autre sauvegarde, et cherchez qui a pu écrire dans celle-ci
error-backup-chain-broken = le journal d'audit de { $path } a été modifié, ou il y manque la fin (événement { $first })
error-backup-chain-broken-hint = rien n'a été changé ; prenez une autre sauvegarde, et cherchez qui a pu écrire dans celle-ci
error-backup-of-another-key = { $path } a été fait avec une autre clé du coffre : il faut { $needed }, { $key_path } contient { $given }
error-backup-of-another-key-hint = mettez de côté la clé présente, dont l'ancienne base a besoin ; puis mettez à la place de { $key_path } la copie de la clé { $needed }, et recommencez
error-database-busy = la base est occupée par une autre commande
error-database-busy-hint = rien n'a été changé ; recommencez dans un instant
error-too-many-waiting = { $most } lignes de cet identifiant attendent déjà leur réponse
error-too-many-waiting-hint = rien n'a été vérifié et aucun essai n'est compté ; renvoyez la ligne quand celles-ci auront leur réponse
hint-attempt-counted = rien n'a été accepté, mais l'essai compte ; recommencez dans un instant
error-disk-full = le disque est plein
error-disk-full-hint = rien n'a été changé ; faites de la place, puis recommencez
error-database-read-only = la base ne peut pas être écrite
error-database-read-only-hint = vérifiez que le disque n'est pas en lecture seule, et que le dossier vous appartient
error-database-cannot-open = la base ne peut pas être ouverte
error-database-cannot-open-hint = lancez cleotp sous le compte qui a fait « cleotp init »
error-database-io = le disque a refusé une lecture ou une écriture
error-database-io-hint = rien n'a été changé ; vérifiez le disque
error-database-no-memory = la mémoire de la machine ne suffit pas pour travailler avec la base
error-database-no-memory-hint = rien n'a été changé ; recommencez quand la machine est moins chargée
error-database-unexpected = la base a refusé une opération de cleotp
error-database-unexpected-hint = rien n'a été changé ; c'est un défaut de cleotp : signalez la commande lancée
error-vault-key-missing = la clé du coffre manque : { $path }
error-vault-key-missing-hint = remettez-y la copie que vous avez mise en lieu sûr ; sans elle, la base ne s'ouvre pas
error-vault-key-malformed = { $key_path } ne contient pas une clé du coffre
error-vault-key-malformed-hint = remettez-y la copie que vous avez mise en lieu sûr
error-vault-key-other = cette clé du coffre n'ouvre pas la base : il faut la clé { $needed }, { $key_path } contient la clé { $given }
error-vault-key-other-hint = mettez dans { $key_path } la clé { $needed } ; une clé que « cleotp coffre renouveler » a remplacée n'ouvre plus que les sauvegardes de son temps
hint-credential-other = elle vient de systemd : chiffrez la clé { $needed } comme credential de l'unité (« man cleotp-vault »)
error-vault-key-changed = un autre processus vient de changer la clé du coffre
error-vault-key-changed-hint = relancez la même commande ; « cleotp coffre etat » dit quelle clé est en vigueur
error-vault-key-is-a-credential = la clé du coffre est un credential de systemd, que cleotp ne peut pas écrire : { $path }
error-vault-key-is-a-credential-hint = mettez la clé dans le fichier vault.key du dossier, lancez cette commande sans le credential, puis chiffrez le nouveau fichier comme credential (« man cleotp-vault »)
error-vault-busy = un import, ou un autre changement de la clé du coffre, est en cours
error-vault-busy-hint = relancez la même commande quand il sera terminé ; rien n'a été changé
error-vault-key-not-placed = la clé du coffre a été changée, mais son fichier n'a pas pu prendre sa place ({ $reason }) : c'est { $next } qu'il faut désormais
error-vault-key-not-placed-hint = ne supprimez pas { $next } ; remettez le disque en ordre : la prochaine commande lui donnera le nom { $path }
error-vault-key-waits = la clé du coffre a été changée, et son fichier n'a pas encore pris sa place : c'est { $next } qu'il faut désormais
error-vault-key-waits-hint = ne le supprimez pas ; la prochaine commande, par exemple « cleotp coffre etat », lui donnera le nom { $key_path }
error-vault-key-left-over = { $next } reste d'un changement de la clé du coffre qui n'est pas allé à son terme ; la clé en vigueur est celle de { $key_path }
error-vault-key-left-over-hint = relancez « cleotp coffre renouveler » : cette clé sera jetée, et une autre faite
error-vault-tampered = l'enveloppe du coffre a été modifiée dans la base
error-vault-tampered-hint = n'y touchez plus ; remettez en place votre dernière sauvegarde
error-seed-tampered = la graine de la clé { $serial } n'appartient pas à sa ligne : la base a été modifiée sans cleotp
error-holder-tampered = le détenteur de la clé { $serial } a été changé dans la base sans cleotp : elle n'ouvre plus rien
error-holder-tampered-hint = lancez « cleotp doctor », puis remettez une sauvegarde
error-new-pin-tampered = le délai pour choisir le code PIN de la clé { $serial } a été changé dans la base sans cleotp
error-new-pin-tampered-hint = lancez « cleotp doctor », puis remettez une sauvegarde
error-mandate-tampered = le rôle du compte { $account } a été changé dans la base sans cleotp
error-mandate-tampered-hint = prévenez votre responsable de la sécurité : il doit lancer « cleotp doctor », puis remettre une sauvegarde
error-seed-tampered-hint = lancez « cleotp audit verify », puis remettez une sauvegarde
error-work-broken = un défaut de cleotp a interrompu la vérification
error-work-broken-hint = rien n'a été accepté, l'essai compte ; signalez-le avec la version que donne cleotp --version
error-hashing-failed = le code PIN n'a pas pu être calculé, faute de mémoire
error-hashing-failed-hint = rien n'a été changé ; recommencez quand la machine est moins chargée

## Ce qui n'existe pas

error-user-unknown = il n'y a pas d'utilisateur { $login }
error-user-unknown-hint = vérifiez l'identifiant avec « cleotp utilisateur lister »
error-key-unknown = il n'y a pas de clé { $serial }
error-key-unknown-hint = relisez le numéro de série au dos de la clé ; pour savoir quelle clé a une personne : « cleotp utilisateur montrer IDENTIFIANT »
error-establishment-unknown = il n'y a pas d'établissement { $uai }
error-establishment-unknown-hint = vérifiez l'UAI avec « cleotp etablissement lister »
error-batch-unknown = il n'y a pas de lot { $id }
error-batch-unknown-hint = voyez « cleotp lot lister »
error-batch-left-stock = { $left ->
        [one] une clé du lot { $id } ({ $keys } en tout) est déjà sortie du stock : { $serials }
       *[other] { $left } clés du lot { $id } ({ $keys } en tout) sont déjà sorties du stock : { $serials }{ $more ->
            [yes] …
           *[no] {""}
        }
    }
error-batch-left-stock-hint = un lot ne s'annule qu'en entier, et tant qu'aucune de ses clés n'a été attribuée, envoyée ou perdue, même si elle est revenue en stock ; voyez « cleotp cle lister --batch { $id } »
error-batch-promised = la clé { $serial } du lot { $id } attend { $login }, qui a un code d'activation pour elle
error-batch-promised-hint = révoquez d'abord ce code : « cleotp activation revoquer { $login } »
error-batch-not-in-stock = aucune clé du lot { $id } n'est en stock
error-batch-not-in-stock-hint = un lot se vérifie avant d'être distribué ; pour une seule clé : « cleotp cle diagnostiquer »
error-verify-needs-terminal = les clés à essayer sont tirées au sort : il faut quelqu'un au terminal pour lire leurs chiffres
error-verify-needs-terminal-hint = lancez cette commande au terminal, les clés à la main
error-user-or-key-unknown = « { $text } » n'est ni un utilisateur ni une clé
error-user-or-key-unknown-hint = donnez l'identifiant de l'utilisateur, ou le numéro de série au dos de sa clé
error-operator-unknown = aucun opérateur ne s'appelle { $account }
error-operator-unknown-hint = voyez « cleotp operateur lister »
error-account-unknown = cette machine n'a pas de compte { $account }
error-account-unknown-hint = un opérateur est un compte du système : faites-le d'abord créer

## Ce que l'état présent interdit

error-user-exists = l'utilisateur { $login } existe déjà
error-user-exists-hint = voyez « cleotp utilisateur montrer { $login } »
error-establishment-exists = l'établissement { $uai } existe déjà
error-establishment-exists-hint = voyez « cleotp etablissement montrer { $uai } »
error-last-admin = { $account } est le seul administrateur sans limite de temps
error-last-admin-hint = nommez-en d'abord un autre : « cleotp operateur ajouter COMPTE --role admin »
error-root-is-admin = { $account } est toujours administrateur, quel que soit son rôle
error-root-is-admin-hint = donnez des rôles aux comptes des personnes
error-user-disabled = l'utilisateur { $login } est désactivé
error-user-disabled-hint = réactivez-le avec « cleotp utilisateur reactiver { $login } »
error-user-not-of = l'utilisateur { $login } n'appartient pas à { $uai }
error-user-not-of-hint = voyez « cleotp utilisateur montrer { $login } »
error-user-already-of = l'utilisateur { $login } appartient déjà à { $uai }
error-user-already-of-hint = voyez « cleotp utilisateur montrer { $login } » ; pour lui en faire quitter un autre : « cleotp utilisateur deplacer { $login } --leaving UAI »
error-user-of-several = l'utilisateur { $login } appartient à plusieurs établissements : { $uais }
error-user-of-several-hint = dites lequel il quitte : --leaving UAI ; ou qu'il n'en quitte aucun : --keep
error-user-of-none = l'utilisateur { $login } n'appartiendrait plus à aucun établissement
error-user-of-none-hint = dites où il va : --to UAI ; ou supprimez-le : « cleotp utilisateur supprimer { $login } »
error-key-stays-behind = la clé { $serial } de { $login } est tenue par l'établissement qu'il quitte, et rien ne dit où elle va
error-key-stays-behind-hint = reprenez-la d'abord, en disant par --to où elle est : « cleotp cle rendre { $serial } --to UAI »
error-user-of-others-too = l'utilisateur { $login } appartient aussi à un établissement qui n'est pas le vôtre
error-user-of-others-too-hint = demandez à un administrateur ; pour le retirer de votre établissement ({ $uais }) : « cleotp utilisateur deplacer { $login } --leaving UAI »
error-user-has-no-key = l'utilisateur { $login } n'a pas de clé
error-user-has-no-key-hint = attribuez-lui une clé avec « cleotp cle attribuer NUMÉRO { $login } »
error-user-has-a-key = l'utilisateur { $login } a déjà la clé { $serial } ({ $state })
error-user-has-a-key-hint = pour en donner une autre à sa place : « cleotp cle remplacer { $serial } NOUVELLE » ; pour la reprendre : « cleotp cle rendre { $serial } »
error-several-keys = l'utilisateur { $login } a deux clés en service : { $old }, et { $new } qui la remplace
error-several-keys-hint = dites laquelle, par son numéro de série
error-replacement-open = la clé { $old } de { $login } est déjà en cours de remplacement par la clé { $new }
error-replacement-open-hint = pour annuler ce remplacement : « cleotp cle desattribuer { $new } »
error-replaces-itself = la clé { $serial } ne peut pas se remplacer elle-même
error-replaces-itself-hint = donnez d'abord le numéro de l'ancienne clé, puis celui de la nouvelle
error-lost-before-use = la clé { $serial } a été perdue avant que { $login } l'active : il n'y a rien à remplacer
error-lost-before-use-hint = attribuez-lui l'autre clé : « cleotp cle attribuer NUMÉRO { $login } »
error-nobody-to-replace-for = la clé { $serial } n'est à personne : il n'y a pas de détenteur à qui en donner une autre
error-nobody-to-replace-for-hint = attribuez l'autre clé : « cleotp cle attribuer NUMÉRO IDENTIFIANT »
error-no-pin-to-keep = l'utilisateur { $login } n'a pas de code PIN confirmé pour la clé { $serial } : il n'y a rien à garder
error-no-pin-to-keep-hint = recommencez sans --keep-pin : il créera un code PIN avec la nouvelle clé
error-key-in-stock = la clé { $serial } est en stock : elle n'est à personne
error-key-in-stock-hint = attribuez-la avec « cleotp cle attribuer { $serial } IDENTIFIANT »
error-key-assigned = la clé { $serial } est attribuée à { $login }, qui ne l'a pas encore activée
error-key-assigned-hint = son détenteur l'active avec son code d'activation ; s'il ne l'a plus : « cleotp activation nouveau { $login } » ; pour la reprendre : « cleotp cle desattribuer { $serial } »
error-key-active = la clé { $serial } est active, entre les mains de { $login }
error-key-active-hint = pour la reprendre : « cleotp cle rendre { $serial } »
error-key-suspended = la clé { $serial } est suspendue
error-key-suspended-hint = pour la remettre en service : « cleotp cle reprendre { $serial } » ; pour la reprendre à son utilisateur : « cleotp cle rendre { $serial } »
error-key-lost = la clé { $serial } est déclarée perdue
error-key-lost-hint = si elle est retrouvée : « cleotp cle retrouvee { $serial } » ; sinon prenez une autre clé du stock
error-key-retired = la clé { $serial } est au rebut, et le reste
error-key-retired-hint = prenez une autre clé du stock
error-key-on-its-way = la clé { $serial } est en route vers { $place }
error-key-on-its-way-hint = à son arrivée : « cleotp cle recevoir { $serial } »
error-key-already-there = la clé { $serial } est déjà là où vous l'envoyez : { $place }
error-key-already-there-hint = voyez où elle est avec « cleotp cle montrer { $serial } »
error-key-promised = la clé { $serial } attend { $login }, qui a un code d'activation pour elle
error-key-promised-hint = révoquez d'abord ce code : « cleotp activation revoquer { $login } »
error-several-establishments = la clé { $serial } est à { $login }, qui appartient à plusieurs établissements : { $uais }
error-several-establishments-hint = dites où la clé est revenue : --to UAI
error-key-of-elsewhere = la clé { $serial }, que { $login } a reçue, n'est celle d'aucun de vos établissements
error-key-of-elsewhere-hint = dites dans lequel elle est revenue : --to UAI (l'utilisateur { $login } appartient à { $uais })
remedy-assign = attribuez-la avec « cleotp cle attribuer { $serial } IDENTIFIANT »
remedy-activate = il faut d'abord l'activer : « cleotp activer { $login } { $serial } »
remedy-take-back = pour la reprendre : « cleotp cle rendre { $serial } »
remedy-resume = pour la remettre en service : « cleotp cle reprendre { $serial } »
remedy-find = si elle est retrouvée : « cleotp cle retrouvee { $serial } »
remedy-restore = si son utilisateur l'a de nouveau : « cleotp cle retrouvee { $serial } --restore --reason TEXTE »
remedy-receive = à son arrivée : « cleotp cle recevoir { $serial } »
remedy-ship = personne ne l'a envoyée ; pour l'envoyer : « cleotp cle envoyer { $serial } --to UAI »
remedy-in-use = il n'y a rien à faire : elle répond ; voyez « cleotp cle montrer { $serial } »
remedy-not-lost = il n'y a rien à faire : elle n'a pas été déclarée perdue ; voyez « cleotp cle montrer { $serial } »
remedy-another-key = prenez une autre clé du stock
error-key-held-elsewhere = la clé { $serial } est celle de l'établissement { $uai }
error-key-held-elsewhere-hint = prenez une clé de l'établissement de l'utilisateur, ou du stock de l'académie
error-key-locked = la clé { $serial } est bloquée après trop d'échecs
error-key-locked-hint = débloquez-la d'abord : « cleotp cle debloquer { $serial } »
error-key-held = la clé { $serial } est revenue avec une sauvegarde : elle est retenue tant que personne n'a examiné ce qui lui est arrivé depuis
error-key-held-hint = un administrateur l'examine, puis confirme : « cleotp restaurer --confirm-since DATE »
error-held-longer = des clés sont retenues depuis le { $since } (UTC) : il faut examiner ce qui leur est arrivé pendant tout ce temps
error-held-longer-hint = examinez tout depuis cet instant, puis donnez-le, ou un instant plus ancien, à --confirm-since
error-none-held = aucune des clés voulues n'est retenue
error-none-held-hint = « cleotp cle lister --held » montre celles qui le sont
error-no-live-activation = l'utilisateur { $login } n'a pas de code d'activation en attente
error-no-live-activation-hint = voyez « cleotp activation lister »
error-no-live-emergency = l'utilisateur { $login } n'a pas de liste de secours valable
error-no-live-emergency-hint = voyez « cleotp secours lister »
error-no-pin-in-force = l'utilisateur { $login } n'a pas de code PIN confirmé (clé { $serial }) : un code de secours se tape derrière son code PIN
error-no-pin-in-force-hint = voyez « cleotp cle montrer { $serial } »
hint-choose-pin = il le crée ou le confirme d'abord, avec sa clé : « cleotp verifier { $login } »
hint-activate-first = il active d'abord sa clé : « cleotp activer { $login } { $serial } »
hint-give-another-key = donnez-lui une autre clé : « cleotp cle attribuer NUMÉRO { $login } »
hint-lost-without-emergency = rien n'a été changé ; déclarez-la perdue sans --emergency : « cleotp cle perdue { $serial } », puis donnez une autre clé à { $login }
error-key-is-nobodys = la clé { $serial } n'est à personne : personne n'a besoin d'un accès de secours
error-key-is-nobodys-hint = déclarez-la perdue sans --emergency : « cleotp cle perdue { $serial } »
error-emergency-for-one-key = avec --emergency, une seule clé est déclarée perdue à la fois
error-emergency-for-one-key-hint = chaque liste de codes se remet à une seule personne ; recommencez clé par clé
error-code-is-waiting = l'utilisateur { $login } a déjà un code d'activation en attente
error-code-is-waiting-hint = révoquez d'abord ce code : « cleotp activation revoquer { $login } »
error-code-for-another-key = le code d'activation en attente de { $login } n'est pas pour la clé { $serial }
error-code-for-another-key-hint = pour le remplacer, relancez la commande avec « --reissue »
error-code-has-expired = le code a expiré le { $at } (UTC)
error-code-has-expired-hint = retirez la ligne ; pour émettre un code, « cleotp activation campagne »
error-code-lives-too-long = un code d'activation vit { $days } jours au plus
error-code-lives-too-long-hint = donnez une date plus proche, ou aucune
error-campaign-one-file = les codes et les bordereaux ne peuvent pas aller dans le même fichier
error-campaign-one-file-hint = nommez deux fichiers
error-campaign-left-behind = { $path } est resté d'une campagne interrompue, et porte peut-être des codes émis
error-campaign-left-behind-hint = relancez la commande avec « --dry-run » : si les codes sont déjà en attente, ils sont dans ce fichier, renommez-le ; sinon, supprimez-le : rm { $quoted } ; dans le doute, « --reissue » vers un autre fichier émet d'autres codes

## Les fichiers des fabricants

finding-empty-file = Le fichier est vide.
finding-empty-file-hint = Récupérez de nouveau le fichier auprès du fournisseur, ou vérifiez son transfert.
finding-blank-file = Le fichier ne contient que des blancs.
finding-blank-file-hint = Récupérez de nouveau le fichier auprès du fournisseur, ou vérifiez son transfert.
finding-format-unknown = Le format du fichier n'est pas reconnu.
finding-format-unknown-hint = Vérifiez qu'il s'agit bien du fichier de graines du fournisseur ; si vous connaissez son format, indiquez-le avec --format ; pour un tableau, nommez ses colonnes avec --columns.
finding-format-not-oath = Le fichier est au format { $format }, dont les clés ne calculent pas de codes OATH.
finding-format-not-oath-hint = Ces clés ne peuvent pas servir ici ; demandez des graines OATH au fournisseur (PSKC ou CSV).
finding-binary-file = Le fichier n'est pas du texte.
finding-binary-file-hint = Vérifiez qu'il s'agit bien du fichier de graines du fournisseur, et qu'il n'est ni compressé ni chiffré.
finding-file-is-a-picture = Le fichier est une image ({ $format }).
finding-file-is-a-picture-hint = Demandez au fournisseur le fichier de graines lui-même (PSKC ou CSV) : une image ne s'importe pas.
finding-file-is-an-archive = Le fichier est une archive ou un fichier compressé ({ $format }).
finding-file-is-an-archive-hint = Extrayez-en le fichier de graines (PSKC ou CSV), puis importez celui-ci.
finding-file-is-a-workbook = Le fichier est un classeur ({ $format }).
finding-file-is-a-workbook-hint = Ouvrez-le dans le tableur, enregistrez la feuille au format « CSV UTF-8 », numéros de série et graines en texte, puis importez ce fichier CSV.
finding-file-is-a-document = Le fichier est un document ({ $format }).
finding-file-is-a-document-hint = Demandez au fournisseur le fichier de graines lui-même (PSKC ou CSV).
finding-file-is-a-program = Le fichier est un programme ({ $format }).
finding-file-is-a-program-hint = Ne le lancez pas ; demandez au fournisseur le fichier de graines lui-même (PSKC ou CSV).
finding-file-is-a-database = Le fichier est une base de données ({ $format }).
finding-file-is-a-database-hint = Demandez au fournisseur le fichier de graines lui-même (PSKC ou CSV).
finding-file-is-a-web-page = Le fichier est une page web, pas un fichier de graines.
finding-file-is-a-web-page-hint = C'est souvent la page de connexion ou d'erreur du site : téléchargez de nouveau le fichier, puis vérifiez ce qui est arrivé.
finding-file-is-a-message = Le fichier est un courriel, pas un fichier de graines.
finding-file-is-a-message-hint = Enregistrez la pièce jointe, puis importez celle-ci.
finding-format-not-supported = Le fichier est au format { $format }, que cette version ne sait pas lire.
finding-format-not-supported-hint = Demandez au fournisseur un fichier PSKC (RFC 6030) ou CSV ; si c'est une enveloppe, déchiffrez-la ou décompressez-la d'abord ; enregistrez un classeur en CSV (UTF-8), avec les numéros de série en texte.
finding-closed-digipass = Le fichier est un DPX de OneSpan (VASCO Digipass) : seul le serveur du fabricant sait l'ouvrir.
finding-closed-digipass-hint = Demandez à OneSpan les graines OATH de ces clés en PSKC (RFC 6030), si ce sont des clés OATH ; les autres ne peuvent pas être contrôlées.
finding-closed-fortitoken = Le fichier est un FTK de Fortinet (FortiToken) : seul un FortiGate ou un FortiAuthenticator sait l'ouvrir.
finding-closed-fortitoken-hint = Ouvrez un ticket chez Fortinet avec les numéros de série et le numéro de commande, et demandez les graines au format Microsoft Entra (CSV).
finding-closed-activid = Le fichier est un SDS ou SDB de HID (ActivID) : seul le serveur du fabricant sait l'ouvrir.
finding-closed-activid-hint = Demandez à HID les mêmes clés en PSKC, avec la clé d'importation.
finding-closed-check-point = Le fichier est un IMP de Check Point : ses clés répondent à des défis (DES) et n'affichent pas de code d'elles-mêmes.
finding-closed-check-point-hint = De telles clés ne peuvent pas être contrôlées : commandez des clés OATH temporelles (TOTP).
finding-closed-symantec-vip = Le fichier vient de Symantec VIP : les graines de ces clés ne quittent jamais le cloud du fabricant.
finding-closed-symantec-vip-hint = De telles clés ne peuvent pas être contrôlées : commandez des clés OATH temporelles (TOTP) livrées avec leurs graines.
finding-closed-ct-kip = Le fichier est un message par lequel une application obtient sa graine en ligne (CT-KIP ou DSKPP) : il ne contient pas de graine.
finding-closed-ct-kip-hint = Demandez à celui qui émet les clés un fichier avec les graines : PSKC (RFC 6030), SDTID ou CSV.
finding-file-is-encrypted = Le fichier est chiffré ({ $format }).
finding-file-is-encrypted-hint = Déchiffrez-le dans un tube, pour que les graines ne soient jamais écrites en clair : « age --decrypt FICHIER | cleotp importer - », ou « gpg --decrypt FICHIER | cleotp importer - ».
finding-openpgp-program-missing = Le fichier est un message OpenPGP, et le programme gpg qui l'ouvrirait est introuvable.
finding-openpgp-program-missing-hint = Installez le paquet gnupg, ou indiquez dans config.toml où se trouve gpg (gpg-program). Sinon, déchiffrez-le ailleurs, dans un tube : « gpg --decrypt FICHIER | cleotp importer - ».
finding-openpgp-no-secret-key = Le message OpenPGP est chiffré pour des clés dont la partie secrète n'est pas ici : { $keys }.
finding-openpgp-no-secret-key-hint = Celui qui détient cette clé secrète déchiffre le fichier dans un tube : « gpg --decrypt FICHIER | cleotp importer - » ; ou importez-la pour le compte qui lance cleotp (gpg --import). Sinon, le fournisseur doit chiffrer le fichier pour votre clé.
finding-openpgp-passphrase-needed = Le message OpenPGP s'ouvre avec une phrase secrète, et aucune n'a été donnée.
finding-openpgp-passphrase-needed-hint = Donnez-la avec --passphrase-file ; à un terminal, elle est demandée.
finding-openpgp-wrong-passphrase = La phrase secrète n'ouvre pas le message OpenPGP.
finding-openpgp-wrong-passphrase-hint = Vérifiez majuscules et minuscules, et s'il s'agit bien de celle du message, non de celle du fichier qu'il contient.
finding-openpgp-not-encrypted = Le message OpenPGP est signé ou compressé, mais pas chiffré : les graines ont voyagé en clair.
finding-openpgp-not-encrypted-hint = Demandez au fournisseur de chiffrer. Pour importer ce fichier malgré tout, vérifiez sa signature et passez-le par un tube : « gpg --decrypt FICHIER | cleotp importer - ».
finding-openpgp-not-protected = Le message OpenPGP est chiffré d'une façon ancienne, qui ne décèle pas les modifications : rien ne dirait s'il a été modifié.
finding-openpgp-not-protected-hint = Demandez au fournisseur de le chiffrer de nouveau avec un logiciel OpenPGP actuel.
finding-openpgp-altered = Le message OpenPGP a été modifié, coupé ou endommagé, ou quelque chose y a été ajouté ; rien n'en a été utilisé.
finding-openpgp-altered-hint = Récupérez de nouveau le fichier ; s'il est encore refusé, prévenez le fournisseur.
finding-openpgp-bad-signature = La signature qui se trouve dans le message OpenPGP est fausse.
finding-openpgp-bad-signature-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et prévenez le fournisseur.
finding-openpgp-no-answer = gpg n'a rien fait pendant { $seconds } secondes, et a été arrêté.
finding-openpgp-no-answer-hint = Lancez « gpg --decrypt FICHIER > /dev/null » sous le même compte : son agent ou une carte attend peut-être quelqu'un.
finding-openpgp-too-large = Le contenu du message OpenPGP dépasse { $mebibytes } Mio.
finding-openpgp-too-large-hint = Si c'est normal, augmentez max-import-mebibytes dans config.toml ; si cela vous surprend, n'utilisez pas ce fichier.
finding-openpgp-failed = gpg n'a pas pu ouvrir le message OpenPGP.
finding-openpgp-failed-hint = Lancez « gpg --decrypt FICHIER > /dev/null » sous le même compte : il dit pourquoi.
finding-openpgp-signature-not-verified = Le message OpenPGP est signé, et la signature n'a PAS été vérifiée : la clé publique du signataire n'est pas connue ici, ou n'est plus valable.
finding-openpgp-signature-not-verified-hint = Importez la clé publique du fournisseur (gpg --import) pour qu'elle le soit.
finding-not-a-container = Le fichier est du XML, mais son élément racine « { $root } » n'est pas un conteneur de clés.
finding-not-a-container-hint = Vérifiez qu'il s'agit bien du fichier de graines du fournisseur, et non d'une page ou d'un rapport.
finding-nul-byte = Le fichier contient un caractère NUL au milieu du texte.
finding-nul-byte-hint = Le fichier a été endommagé en chemin : récupérez-le de nouveau.
finding-encoding-invalid = Les octets de cette ligne ne correspondent pas à l'encodage du fichier.
finding-encoding-invalid-hint = Enregistrez le fichier en UTF-8, ou demandez-le en UTF-8 au fournisseur.
finding-encoding-unknown = Le fichier déclare un encodage inconnu.
finding-encoding-unknown-hint = Enregistrez le fichier en UTF-8, et déclarez cet encodage à la première ligne.
finding-encoding-assumed = Le fichier n'est pas en UTF-8 ; il a été lu en Windows-1252.
finding-encoding-assumed-hint = Vérifiez les accents des fabricants et des modèles ; la prochaine fois, enregistrez en « CSV UTF-8 ».
finding-no-keys = Le fichier ne contient aucune clé.
finding-no-keys-hint = Vérifiez qu'il s'agit bien du fichier de graines du fournisseur, et qu'il est complet.
finding-too-many-errors = Le fichier comporte { $total } erreurs ; seules les premières sont affichées.
finding-too-many-errors-hint = Corrigez les erreurs affichées et recommencez ; si toutes les lignes sont fausses, il s'agit peut-être du mauvais fichier ou du mauvais format.
finding-too-many-warnings = Le fichier donne { $total } avertissements ; seuls les premiers sont affichés.
finding-too-many-warnings-hint = Lisez ceux qui sont affichés : les autres sont sans doute de même nature.
finding-unreadable = Le fichier n'a pas pu être lu jusqu'au bout.
finding-unreadable-hint = Vérifiez le disque ou le transfert, puis recommencez.
finding-file-changed = Le fichier change pendant sa lecture : ce ne sont plus les octets d'il y a un instant.
finding-file-changed-hint = Attendez que son écriture soit terminée, puis importez-le de nouveau.
finding-doctype = Le fichier contient une déclaration de type de document (DOCTYPE), refusée par sécurité.
finding-doctype-hint = Un fichier de graines n'en a pas besoin : demandez au fournisseur un fichier sans cette déclaration, et d'où vient celui-ci.
finding-xml-entity = Le fichier utilise une entité XML non autorisée.
finding-xml-entity-hint = Un fichier de graines n'a besoin que des cinq entités de XML : demandez au fournisseur un fichier correct.
finding-xml-malformed = Le fichier n'est pas du XML correct à cet endroit.
finding-xml-malformed-hint = Ne modifiez pas le fichier à la main ; récupérez-le de nouveau, ou demandez au fournisseur un fichier correct.
finding-xml-too-deep = Les éléments du fichier sont imbriqués sur plus de { $allowed } niveaux.
finding-xml-too-deep-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-xml-too-many-attributes = Un élément porte plus de { $allowed } attributs.
finding-xml-too-many-attributes-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-xml-too-many-namespaces = Un élément déclare plus de { $allowed } espaces de noms.
finding-xml-too-many-namespaces-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-xml-name-too-long = Le nom d'un élément ou d'un attribut dépasse { $allowed } octets.
finding-xml-name-too-long-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-xml-text-too-long = Le texte d'un élément dépasse { $allowed } octets.
finding-xml-text-too-long-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-xml-markup-too-long = Une balise, un commentaire ou un texte dépasse { $allowed } octets.
finding-xml-markup-too-long-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-xml-too-many-elements = Une clé compte plus de { $allowed } éléments.
finding-xml-too-many-elements-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-truncated = Le fichier s'arrête au milieu.
finding-truncated-hint = Le fichier est incomplet : récupérez-le de nouveau auprès du fournisseur.
finding-container-not-closed = La fin du conteneur manque ; toutes les clés qui précèdent sont complètes.
finding-container-not-closed-hint = Comparez le nombre de clés avec le bon de livraison.
finding-content-after-end = Il y a quelque chose après la fin du conteneur.
finding-content-after-end-hint = Si plusieurs fichiers ont été réunis, importez chacun séparément.
finding-element-twice = L'élément { $element } figure deux fois là où il ne peut figurer qu'une fois.
finding-element-twice-hint = Demandez au fournisseur un fichier correct : on ne sait pas lequel des deux compte.
finding-pskc-version = Le fichier est un PSKC d'une version autre que 1.0.
finding-pskc-version-hint = Demandez au fournisseur un fichier PSKC 1.0 (RFC 6030).
finding-pskc-version-missing = Le fichier n'indique pas sa version de PSKC ; il a été lu comme 1.0.
finding-pskc-version-missing-hint = Contrôlez une clé avec un code avant de distribuer les autres.
finding-digest-not-verified = Le fichier accompagne d'une empreinte des valeurs non chiffrées ; sans clé, elle ne prouve rien et n'a PAS été vérifiée.
finding-digest-not-verified-hint = Contrôlez une clé avec un code avant de distribuer les autres.
finding-template-unknown = La clé renvoie à des propriétés communes (KeyProperties) qui ne la précèdent pas dans le fichier, ou qui n'ont pas de nom.
finding-template-unknown-hint = Demandez au fournisseur un fichier correct.
finding-signed-not-verified = Le fichier est signé ; la signature n'a PAS été vérifiée.
finding-signed-not-verified-hint = Vérifiez-la avec un autre outil si vous comptez dessus.
finding-package-without-key = Un paquet du fichier ne contient aucune clé.
finding-package-without-key-hint = Demandez au fournisseur un fichier correct.
finding-secret-missing = La clé n'a pas de graine.
finding-secret-missing-hint = Demandez au fournisseur le fichier avec les graines.
finding-key-reference = La clé ne fait que renvoyer à un secret conservé ailleurs.
finding-key-reference-hint = Demandez au fournisseur un fichier qui contient les graines.
finding-two-values = Une valeur figure à la fois en clair et chiffrée.
finding-two-values-hint = Demandez au fournisseur un fichier correct : on ne sait pas laquelle des deux compte.
finding-pin-package-skipped = Le fichier contient un code PIN choisi par le fournisseur ; il a été laissé de côté.
finding-pin-package-skipped-hint = Rien à faire : chaque utilisateur choisit son code PIN en activant sa clé.
finding-pin-policy-ignored = Le fichier demande un code PIN avec le code ; cette exigence a été laissée de côté.
finding-pin-policy-ignored-hint = Rien à faire si le code PIN de ce programme le remplace.
finding-pin-algorithmic = La clé mêle un code PIN au calcul de ses codes, ce qui ne peut pas être contrôlé.
finding-pin-algorithmic-hint = Demandez au fournisseur des clés sans code PIN, ou avec un code PIN sur l'appareil seulement.
finding-key-usage-not-otp = Le fichier n'autorise pas cette clé pour les codes à usage unique.
finding-key-usage-not-otp-hint = Demandez au fournisseur s'il s'agit du bon fichier.
finding-transactions-limited = La clé n'est utilisable qu'un nombre limité de fois, ce qui ne peut pas être respecté.
finding-transactions-limited-hint = Demandez au fournisseur le fichier sans cette limite.
finding-policy-not-understood = La clé est assortie d'une règle d'usage que cette version ne comprend pas.
finding-policy-not-understood-hint = Une telle clé ne doit pas être utilisée (RFC 6030) : demandez au fournisseur le fichier sans cette règle.
finding-response-not-decimal = Les codes de cette clé ne sont pas composés uniquement de chiffres.
finding-response-not-decimal-hint = Seuls les codes décimaux peuvent être contrôlés : demandez d'autres clés au fournisseur.
finding-check-digits = Les codes de cette clé se terminent par un chiffre de contrôle, ce qui n'est pas pris en charge.
finding-check-digits-hint = Demandez au fournisseur des clés sans chiffre de contrôle.
finding-integer-malformed = La valeur de { $element } n'est pas un nombre, ou sort des limites.
finding-integer-malformed-hint = Demandez au fournisseur un fichier correct.
finding-boolean-malformed = La valeur de { $name } n'est ni « true » ni « false ».
finding-boolean-malformed-hint = Demandez au fournisseur un fichier correct.
finding-prefix-in-length = La clé tape { $prefix } caractères qui lui sont propres avant chaque code ; ils ne comptent pas parmi les chiffres du code.
finding-prefix-in-length-hint = L'utilisateur ne garde que les derniers chiffres ; mieux, faites régler la clé pour qu'elle tape le code seul.
finding-date-malformed = Une date est illisible.
finding-date-malformed-hint = Demandez au fournisseur un fichier correct ; une date s'écrit 2030-12-31T23:59:59Z, et 2030/12/31 dans un fichier SDTID.
finding-dates-reversed = La clé expire avant de commencer.
finding-dates-reversed-hint = Demandez les bonnes dates au fournisseur.
finding-time-ignored = Le fichier donne un décalage à l'horloge de cette clé ; il a été laissé de côté.
finding-time-ignored-hint = Si ses codes sont refusés, resynchronisez la clé.
finding-element-missing = L'élément { $element } manque.
finding-element-missing-hint = Le fichier est tronqué, ou écrit par un autre programme : récupérez-le de nouveau auprès du fournisseur.
finding-header-altered = L'en-tête du fichier a été modifié : son MAC est faux, alors que celui d'une clé est juste.
finding-header-altered-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et prévenez le fournisseur.
finding-token-altered = L'enregistrement de cette clé a été modifié ou endommagé : son MAC est faux.
finding-token-altered-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et prévenez le fournisseur.
finding-sdtid-version = Le fichier est d'une version autre que 0, qui n'est pas connue.
finding-sdtid-version-hint = Si la phrase secrète est certainement la bonne, demandez à RSA des enregistrements de version 0.
finding-token-count = L'en-tête annonce { $declared } clés, et le fichier en contient { $found }.
finding-token-count-hint = Vérifiez avec le bon de livraison que le fichier est complet.
finding-token-range = L'en-tête annonce { $declared } comme premier ou dernier numéro de série, et le fichier a { $found } à cette place.
finding-token-range-hint = Vérifiez avec le bon de livraison que le fichier est complet.
finding-securid-serial = Le numéro de série d'une clé SecurID a 12 chiffres au plus, et rien d'autre.
finding-securid-serial-hint = Demandez au fournisseur un fichier correct ; les codes dépendent du numéro de série.
finding-securid-digits = Les codes d'une clé SecurID ont 6 ou 8 chiffres, et le fichier dit autre chose.
finding-securid-digits-hint = Demandez au fournisseur un fichier correct.
finding-securid-interval = Une clé SecurID change de code toutes les 30 ou 60 secondes, et le fichier dit autre chose.
finding-securid-interval-hint = Demandez au fournisseur un fichier correct.
finding-securid-mode = La clé ne compose pas ses codes d'après l'heure.
finding-securid-mode-hint = Demandez au fournisseur des clés temporelles.
finding-pin-in-code = Cette clé ajoute elle-même le code PIN à son code (AddPIN) : rien ne dit alors si c'est le code PIN ou le code qui est faux, et les essais ne pourraient pas être limités.
finding-pin-in-code-hint = Demandez au fournisseur des clés qui n'affichent que leur code (AddPIN 0) ; le détenteur tape son code PIN devant.
finding-software-token = C'est la chaîne d'une clé logicielle RSA (CTF), faite pour une application, et non un fichier de graines.
finding-software-token-hint = Demandez les enregistrements des clés, un fichier XML (SDTID).
finding-passphrase-needed-hint = Donnez avec --passphrase-file la phrase secrète que le fournisseur a envoyée séparément ; s'il n'y en a pas, le fichier est endommagé : récupérez-le de nouveau.
finding-pre-shared-key-needed = Le fichier est chiffré, et aucune clé prépartagée n'a été donnée.
finding-pre-shared-key-needed-hint = Donnez avec --psk-file la clé que le fournisseur a envoyée séparément.
finding-pre-shared-key-malformed = Ce qui a été donné n'est pas une clé prépartagée de 16, 24 ou 32 octets.
finding-pre-shared-key-malformed-hint = Donnez 32, 48 ou 64 chiffres hexadécimaux, ou 16, 24 ou 32 octets bruts, exactement comme le fournisseur les a envoyés.
finding-wrong-pre-shared-key = La clé prépartagée ne correspond pas à ce fichier, ou le fichier a été modifié.
finding-wrong-pre-shared-key-hint = Vérifiez quelle clé correspond à cette livraison ; si c'est la bonne, récupérez de nouveau le fichier.
finding-passphrase-needed = Le fichier est chiffré par une phrase secrète, et aucune n'a été donnée.
finding-wrong-passphrase = La phrase secrète ne correspond pas à ce fichier, ou le fichier a été modifié.
finding-wrong-passphrase-hint = Vérifiez majuscules et minuscules, et quelle phrase secrète correspond à cette livraison ; si c'est la bonne, récupérez de nouveau le fichier.
finding-key-length-of-another-cipher = La clé a { $bytes } octets ; il en faut { $needed } pour { $cipher }.
finding-key-length-of-another-cipher-hint = Vérifiez quelle clé correspond à cette livraison, et donnez-la en entier.
finding-key-derivation-unknown = Le fichier tire sa clé d'une phrase secrète par un procédé inconnu.
finding-key-derivation-unknown-hint = Demandez au fournisseur PBKDF2, ou un fichier chiffré avec une clé prépartagée.
finding-key-derivation-incomplete = Le fichier ne dit pas comment tirer sa clé de la phrase secrète : il manque le sel ou le nombre d'itérations.
finding-key-derivation-incomplete-hint = Demandez au fournisseur un fichier complet.
finding-iterations-out-of-range = Le nombre d'itérations de la phrase secrète n'est pas un nombre de 1 à { $most }.
finding-iterations-out-of-range-hint = Demandez au fournisseur un fichier avec un nombre habituel, par exemple 100000.
finding-iterations-few = La phrase secrète passe par si peu d'itérations que quiconque a le fichier la trouve vite par essais.
finding-iterations-few-hint = Gardez ce fichier comme s'il n'était pas chiffré, et demandez au fournisseur au moins 100000 itérations.
finding-salt-malformed = Le sel de la phrase secrète n'est pas du base64, ou dépasse 1024 octets.
finding-salt-malformed-hint = Récupérez de nouveau le fichier auprès du fournisseur.
finding-key-length-out-of-range = Le fichier demande une clé d'une longueur autre que 16, 24 ou 32 octets.
finding-key-length-out-of-range-hint = L'outil du fournisseur est en cause : demandez un fichier correct.
finding-prf-unknown = Le fichier tire sa clé d'une phrase secrète avec une empreinte inconnue.
finding-prf-unknown-hint = Demandez au fournisseur PBKDF2 avec HMAC-SHA-1, HMAC-SHA-256 ou HMAC-SHA-512.
finding-key-source-not-supported = Le fichier est chiffré avec une clé du type « { $source } », que cleotp ne sait pas ouvrir.
finding-key-source-not-supported-hint = Demandez au fournisseur un fichier chiffré avec une clé prépartagée ou une phrase secrète.
finding-cipher-not-supported = La valeur est chiffrée avec { $cipher }, que cleotp ne sait pas ouvrir.
finding-cipher-not-supported-hint = Demandez au fournisseur un fichier chiffré en AES-128-CBC avec un MAC.
finding-cipher-asymmetric = La valeur est chiffrée pour un certificat ({ $cipher }) : seule sa clé privée l'ouvre, et cleotp n'en prend aucune.
finding-cipher-asymmetric-hint = Demandez au fournisseur un fichier chiffré avec une clé prépartagée ou une phrase secrète.
finding-cipher-unknown = La valeur est chiffrée par un procédé inconnu.
finding-cipher-unknown-hint = Demandez au fournisseur un fichier chiffré en AES-128-CBC avec un MAC.
finding-cipher-missing = Le fichier n'indique pas comment la valeur est chiffrée.
finding-cipher-missing-hint = Demandez au fournisseur quel est le chiffrement, et nommez-le avec --cipher, par exemple --cipher aes128-cbc.
finding-ciphertext-malformed = La valeur chiffrée manque, est coupée ou endommagée.
finding-ciphertext-malformed-hint = Récupérez de nouveau le fichier auprès du fournisseur.
finding-mac-unknown = Le fichier protège ses valeurs par un MAC inconnu.
finding-mac-unknown-hint = Demandez au fournisseur HMAC avec SHA-1, SHA-256 ou SHA-512.
finding-mac-key-reference = La clé du MAC n'est pas dans le fichier.
finding-mac-key-reference-hint = Demandez au fournisseur un fichier qui la contient.
finding-mac-missing = La valeur n'a pas de MAC, alors que le fichier en déclare un : elle a pu être modifiée.
finding-mac-missing-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et prévenez le fournisseur.
finding-mac-method-missing = La valeur a un MAC, mais le fichier n'en déclare aucun : il a pu être modifié.
finding-mac-method-missing-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et prévenez le fournisseur.
finding-mac-absent = La valeur est chiffrée sans aucun MAC : rien ne dirait si elle a été modifiée.
finding-mac-absent-hint = Demandez au fournisseur un fichier avec MAC. S'il n'y en a pas et que vous êtes sûr du chemin suivi par le fichier, --accept-unauthenticated l'accepte.
finding-plain-among-encrypted = La graine de cette clé est en clair dans un fichier de graines chiffrées : qui aurait modifié le fichier a pu l'y mettre.
finding-plain-among-encrypted-hint = Demandez au fournisseur si c'est voulu, avant de remettre la clé.
finding-mac-on-plain-value = La valeur est en clair et porte un MAC, réservé aux valeurs chiffrées.
finding-mac-on-plain-value-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et prévenez le fournisseur.
finding-mac-key-plain = La clé du MAC n'est pas chiffrée : qui a modifié le fichier a pu refaire les MAC.
finding-mac-key-plain-hint = N'utilisez pas ce fichier ; demandez-en un au fournisseur dont la clé du MAC soit chiffrée.
finding-mac-mismatch = Le MAC de la valeur est faux : elle a été modifiée ou endommagée.
finding-mac-mismatch-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et vérifiez la clé prépartagée ou la phrase secrète.
finding-mac-over-plaintext = Les MAC de ce fichier sont ceux d'un projet de norme : ils portent sur les valeurs en clair, et sont justes.
finding-mac-over-plaintext-hint = Rien à faire ; pour la prochaine livraison, demandez au fournisseur un fichier PSKC 1.0 (RFC 6030).
finding-value-altered = La valeur chiffrée ne s'ouvre pas : elle a été modifiée ou endommagée.
finding-value-altered-hint = N'utilisez pas ce fichier ; récupérez-le de nouveau, et vérifiez la clé prépartagée ou la phrase secrète.
finding-unauthenticated-accepted = Les valeurs sont chiffrées sans aucun MAC, et acceptées comme vous l'avez demandé : rien ne dirait si elles ont été modifiées.
finding-unauthenticated-accepted-hint = Contrôlez quelques clés avec un code avant de distribuer les autres.
finding-padding-unauthenticated = La valeur ne se termine pas comme elle le doit : la clé ou la phrase secrète n'est pas celle de ce fichier, ou le fichier a été modifié.
finding-padding-unauthenticated-hint = Vérifiez la clé ; sans MAC, chaque valeur doit être remplie selon PKCS#7, sinon rien n'est accepté.
finding-padding-wrong = La valeur est authentique, mais ne se termine pas comme une valeur chiffrée le doit.
finding-padding-wrong-hint = L'outil du fournisseur est en cause : demandez un fichier correct.
finding-padding-ambiguous = La fin de la valeur peut se lire de deux façons, qui donneraient deux graines différentes.
finding-padding-ambiguous-hint = Demandez au fournisseur un fichier avec un remplissage PKCS#7.
finding-line-too-long = La ligne dépasse { $allowed } octets.
finding-line-too-long-hint = Vérifiez qu'il s'agit bien du fichier de graines du fournisseur, avec une clé par ligne.
finding-quote-not-closed = Un guillemet n'est pas fermé sur cette ligne.
finding-quote-not-closed-hint = Ajoutez le guillemet manquant, ou retirez le premier.
finding-column-missing = La colonne « { $name } » manque dans l'en-tête.
finding-column-missing-hint = Ajoutez la ligne d'en-tête du fournisseur, comme upn,serial number,secret key,time interval,manufacturer,model ; ou dites avec --columns ce que contiennent les colonnes.
finding-column-twice = La colonne « { $name } » figure deux fois dans l'en-tête.
finding-column-twice-hint = Retirez celle qui ne compte pas.
finding-too-few-cells = La ligne a { $found } cellule(s) ; il en faut au moins { $expected }.
finding-too-few-cells-hint = Vérifiez le séparateur, et que la ligne est complète.
finding-too-many-cells = La ligne a { $found } cellules ; { $expected } au plus sont connues.
finding-too-many-cells-hint = Retirez les cellules en trop ; ou dites avec --columns ce que contiennent les colonnes.
finding-type-assumed = La liste n'indique pas le type de ses clés ; elles ont été prises pour des clés temporelles (TOTP).
finding-type-assumed-hint = Si ces clés comptent les appuis sur un bouton, ajoutez le type hotp en troisième colonne.
finding-event-assumed = La liste n'indique pas le type de certaines clés, à commencer par celle-ci ; elles ont été prises pour des clés à bouton (HOTP), comme le font privacyIDEA et LinOTP.
finding-event-assumed-hint = Si le code affiché change tout seul, indiquez le type totp dans la colonne du type.
finding-third-column-unclear = Les nombres de la troisième colonne peuvent être des intervalles de temps, ou des compteurs de clés à bouton.
finding-third-column-unclear-hint = Dites ce qu'ils sont : --columns serial,secret,step ou --columns serial,secret,counter.
finding-several-rows-on-a-line = La ligne contient plusieurs clés.
finding-several-rows-on-a-line-hint = Mettez chaque clé sur sa propre ligne.
finding-users-not-assigned = Le fichier nomme des utilisateurs à côté des clés ; les clés entrent tout de même en stock.
finding-users-not-assigned-hint = Attribuez chaque clé à son utilisateur avec « cleotp cle attribuer ».
finding-not-oath-skipped = { $rows ->
        [one] Une ligne est
       *[other] { $rows } lignes sont
    } du type { $kind }, qui n'est pas OATH : elles ont été laissées de côté.
finding-not-oath-skipped-hint = Il n'y a rien à faire : seules les clés OATH-HOTP peuvent servir ici.
finding-programmed-again = La clé a été programmée de nouveau à la ligne { $last_line } ; seule cette programmation compte.
finding-programmed-again-hint = Il n'y a rien à faire.
finding-maybe-challenge-response = La ligne ne permet pas de distinguer une clé à bouton (HOTP) d'une clé à défi-réponse ; elle a été prise pour une clé à bouton.
finding-maybe-challenge-response-hint = Contrôlez la clé avec un code avant de la remettre.
finding-epoch-not-supported = Les pas de la clé ne sont pas comptés à partir de 1970.
finding-epoch-not-supported-hint = Demandez au fournisseur des clés qui comptent à partir de 0 (epoch).
finding-number-malformed = La valeur de « { $name } » n'est pas un nombre entier.
finding-number-malformed-hint = Corrigez la cellule.
finding-line-not-understood = La ligne n'a pas sa place dans ce format.
finding-line-not-understood-hint = Vérifiez que rien n'a été ajouté à la main ; si le fichier est d'un autre format, indiquez-le avec --format.
finding-parameter-twice = Une valeur figure deux fois pour cette clé.
finding-parameter-twice-hint = Demandez au fournisseur un fichier correct : on ne sait pas laquelle des deux compte.
finding-parameter-missing = La valeur de { $name } manque.
finding-parameter-missing-hint = Demandez cette valeur à celui qui a produit le fichier, et ajoutez-la.
finding-percent-malformed = Un signe % de cette ligne ne représente aucun caractère.
finding-percent-malformed-hint = Exportez de nouveau la liste : elle a été endommagée en chemin.
finding-several-uris = Plusieurs clés figurent sur une même ligne.
finding-several-uris-hint = Mettez chaque otpauth:// sur sa propre ligne : un nom peut contenir des virgules, on ne peut donc pas les séparer.
finding-migration-malformed = Le transfert d'une application (otpauth-migration) est endommagé.
finding-migration-malformed-hint = Exportez de nouveau les clés depuis l'application, et reprenez la ligne entière.
finding-migration-incomplete = Le transfert de l'application compte { $expected } parties, et { $found } seulement sont ici.
finding-migration-incomplete-hint = Ajoutez les lignes des autres images que l'application a montrées.
finding-serial-from-user = Ce format n'a pas de numéros de série ; chaque clé porte le nom de son utilisateur, les suivantes avec #2, #3.
finding-serial-from-user-hint = Mettez le numéro gravé sur la clé à la place du nom de l'utilisateur, si vous le connaissez.
finding-serial-from-label = Ce format n'a pas de numéros de série ; chaque clé porte le nom du compte de son étiquette.
finding-serial-from-label-hint = Mettez le numéro gravé sur la clé à la place du compte, si vous le connaissez.
finding-pin-not-taken = Le fichier contient un code PIN pour cette clé ; il a été laissé de côté.
finding-pin-not-taken-hint = Rien à faire : le détenteur choisit un nouveau code PIN en activant sa clé.
finding-safeword-encrypted = La graine est chiffrée avec la clé du serveur SafeWord d'où vient le fichier.
finding-safeword-encrypted-hint = Demandez au fournisseur le fichier de livraison (.dat), dont les graines sont en clair : un export du serveur ne suffit pas.
finding-mode-contradicted = Le fichier en fait une clé à bouton, mais lui donne une heure de programmation comme aux clés temporelles ; elle a été prise pour une clé à bouton.
finding-mode-contradicted-hint = Regardez si le code change tout seul : alors le fichier est faux, voyez avec le fournisseur.
finding-deepnet-encrypted = Les graines de ce fichier sont chiffrées par un procédé que Deepnet ne publie pas.
finding-deepnet-encrypted-hint = Demandez à Deepnet le fichier sans ce chiffrement (encrypt NONE), envoyé chiffré par OpenPGP.
finding-json-malformed = Le fichier n'est pas du JSON correct à cet endroit.
finding-json-malformed-hint = Ne modifiez pas le fichier à la main ; récupérez-le de nouveau, ou demandez-en un correct.
finding-json-too-long = Une valeur du fichier dépasse { $allowed } octets.
finding-json-too-long-hint = Aucun fichier de graines n'en a besoin : vérifiez d'où vient le fichier.
finding-json-not-text = La valeur de { $name } n'est pas un texte.
finding-json-not-text-hint = Mettez-la entre guillemets.
finding-not-a-graph-device = C'est du JSON, mais pas une clé comme Microsoft Entra les décrit : ni serialNumber ni secretKey.
finding-not-a-graph-device-hint = Vérifiez qu'il s'agit bien du fichier pour l'interface Graph d'Entra ; sinon, demandez un fichier PSKC (RFC 6030) ou CSV.
finding-graph-secret-missing = La clé vient sans sa graine : ce que liste Entra ne contient jamais les graines.
finding-graph-secret-missing-hint = Prenez le fichier avec lequel les clés ont été mises dans Entra, ou demandez-le au fournisseur.
finding-assignment-ignored = Le fichier dit à qui des clés sont attribuées ; cela a été laissé de côté.
finding-assignment-ignored-hint = Attribuez ici les clés à leurs utilisateurs.
finding-serial-is-number = Le numéro de série est écrit comme un nombre : des zéros en tête auraient été perdus.
finding-serial-is-number-hint = Comparez-le avec le numéro gravé sur la clé.
finding-serial-missing = La clé n'a pas de numéro de série.
finding-serial-missing-hint = Ajoutez le numéro gravé au dos de la clé.
finding-serial-made-up = La clé n'a pas de numéro de série ; il a été formé du nom du fichier et de la ligne.
finding-serial-made-up-hint = Étiquetez la clé avec ce numéro, ou demandez les numéros de série au fournisseur.
finding-serial-too-long = Le numéro de série dépasse { $allowed } caractères.
finding-serial-too-long-hint = Vérifiez que les colonnes sont dans le bon ordre.
finding-serial-changed = Des caractères non autorisés du numéro de série ont été remplacés par « - ».
finding-serial-changed-hint = Comparez le numéro de série avec le dos de la clé.
finding-serial-scientific = Un tableur a transformé le numéro de série en nombre arrondi : des chiffres sont perdus.
finding-serial-scientific-hint = Reprenez le fichier d'origine ; dans le tableur, importez la colonne des numéros de série en texte.
finding-serial-zeroes-lost = Le numéro de série est plus court que les { $digits } chiffres des autres : un tableur a retiré des zéros.
finding-serial-zeroes-lost-hint = Comparez avec le dos de la clé ; --pad-serial { $digits } remet les zéros.
finding-serial-shared = Plusieurs clés du fichier portent ce numéro de série ; chacune est enregistrée avec son identifiant ajouté.
finding-serial-shared-hint = Comparez avec les appareils : un appareil peut contenir plusieurs clés.
finding-duplicate-row = La même clé figure déjà à la ligne { $first_line } ; celle-ci a été ignorée.
finding-duplicate-row-hint = Rien à faire.
finding-serial-twice = Le même numéro de série figure aussi à la ligne { $first_line }, avec une autre graine.
finding-serial-twice-hint = Demandez au fournisseur laquelle des deux graines est dans la clé.
finding-seed-twice = La même graine figure aussi à la ligne { $first_line }, sous un autre numéro de série.
finding-seed-twice-hint = Deux clés ne partagent jamais une graine : demandez au fournisseur un fichier correct. Pour un essai, --allow-weak-seeds l'accepte.
finding-seed-twice-allowed = La même graine figure déjà à la ligne { $first_line }, sous un autre numéro de série ; elle a été acceptée.
finding-seed-twice-allowed-hint = Ne distribuez pas ces clés : chacune affiche les codes de l'autre.
finding-seed-missing = La clé n'a pas de graine.
finding-seed-missing-hint = Vérifiez que la ligne est complète, et que les colonnes sont dans le bon ordre.
finding-seed-not-base64 = Le caractère { $position } de la graine n'est pas du base64.
finding-seed-not-base64-hint = Récupérez de nouveau le fichier ; ne saisissez pas de graine à la main.
finding-seed-not-hex = Le caractère { $position } de la graine n'est pas un chiffre hexadécimal.
finding-seed-not-hex-hint = Comparez avec le fichier du fournisseur ; l'hexadécimal a les chiffres 0 à 9 et les lettres a à f.
finding-seed-not-base32 = Le caractère { $position } de la graine n'est pas du base32.
finding-seed-not-base32-hint = Comparez avec le fichier du fournisseur ; le base32 a les lettres A à Z et les chiffres 2 à 7, donc jamais 0, 1, 8 ni 9.
finding-seed-odd-hex = La graine a { $digits } chiffres hexadécimaux, un nombre impair : il en manque un ou il y en a un de trop.
finding-seed-odd-hex-hint = Comparez avec le fichier du fournisseur ; un tableur a pu retirer un zéro au début.
finding-seed-incomplete = La graine a { $characters } caractères, une longueur impossible pour son encodage.
finding-seed-incomplete-hint = Comparez avec le fichier du fournisseur : il manque des caractères, ou il y en a trop.
finding-seed-looks-like-hex = La graine ressemble à de l'hexadécimal, alors qu'un autre encodage est attendu ici.
finding-seed-looks-like-hex-hint = Si toutes les graines du fichier sont en hexadécimal, dites-le avec --secret-encoding hex.
finding-seed-looks-like-base32 = La graine ressemble à du base32, alors que ce fichier attend de l'hexadécimal.
finding-seed-looks-like-base32-hint = Si toutes les graines du fichier sont en base32, dites-le avec --secret-encoding base32.
finding-encoding-of-seeds-unclear = Les graines peuvent être de l'hexadécimal aussi bien que du base32 ; rien dans la colonne ne l'indique.
finding-encoding-of-seeds-unclear-hint = Demandez au fournisseur, et dites-le avec --secret-encoding hex ou --secret-encoding base32.
finding-encodings-of-seeds-mixed = La graine n'est pas écrite comme celle de la ligne { $first_line } : de l'hexadécimal et un autre encodage dans la même colonne.
finding-encodings-of-seeds-mixed-hint = Dites avec --secret-encoding lequel est le bon (hex, base32 ou base64) : les lignes fausses seront alors signalées.
finding-seed-damaged = Un tableur a transformé la graine en nombre arrondi : des chiffres sont perdus.
finding-seed-damaged-hint = Reprenez le fichier d'origine ; dans le tableur, importez la colonne des graines en texte.
finding-seed-too-long = La graine a { $bytes } octets ; { $allowed } au plus sont possibles.
finding-seed-too-long-hint = Vérifiez que les colonnes sont dans le bon ordre, ou demandez au fournisseur.
finding-seed-too-short = Graine trop courte : sa longueur en octets est { $bytes }, il en faut au moins 16 pour une connexion.
finding-seed-too-short-hint = Demandez au fournisseur des clés à graine plus longue. Pour un essai, --allow-weak-seeds l'accepte.
finding-seed-constant = La graine est un seul octet répété : ce n'est pas un secret.
finding-seed-constant-hint = Demandez les vraies graines au fournisseur. Pour un essai, --allow-weak-seeds l'accepte.
finding-seed-published = La graine est un exemple imprimé dans une norme ou un manuel : tout le monde la connaît.
finding-seed-published-hint = Demandez les vraies graines au fournisseur. Pour un essai, --allow-weak-seeds l'accepte.
finding-weak-seed-allowed = La graine est faible ou publiée ; elle a été acceptée.
finding-weak-seed-allowed-hint = N'utilisez cette clé que pour des essais.
finding-seed-below-recommendation = La graine a { $bytes } octets ; 20 sont recommandés.
finding-seed-below-recommendation-hint = Rien à faire maintenant ; demandez 20 octets à la prochaine commande.
finding-seed-encoding-unknown = Le fichier ne dit pas comment ses graines sont écrites, ou nomme une manière inconnue.
finding-seed-encoding-unknown-hint = Demandez au fournisseur un fichier en HEX ou en BASE64.
finding-algorithm-not-supported = La clé est du type { $algorithm }, qui ne peut pas être contrôlé.
finding-algorithm-not-supported-hint = Demandez au fournisseur des clés temporelles (TOTP).
finding-algorithm-unknown = Le type de la clé est inconnu.
finding-algorithm-unknown-hint = Demandez au fournisseur des clés temporelles (TOTP).
finding-algorithm-missing = Le fichier n'indique pas le type de la clé.
finding-algorithm-missing-hint = Demandez au fournisseur un fichier qui nomme l'algorithme.
finding-algorithm-guessed = Le fichier n'indique pas le type de la clé ; elle a été prise pour { $algorithm }.
finding-algorithm-guessed-hint = Contrôlez une clé avec un code avant de distribuer les autres.
finding-hash-not-supported = La clé calcule avec un hachage autre que SHA-1, SHA-256 et SHA-512.
finding-hash-not-supported-hint = Demandez au fournisseur des clés utilisant l'un d'eux.
finding-hash-assumed = Le fichier n'indique pas le hachage de la clé ; SHA-1 a été supposé, bien que la graine ait { $bytes } octets.
finding-hash-assumed-hint = Contrôlez une clé avec un code avant de distribuer les autres.
finding-hash-from-length = Le fichier n'indique pas le hachage de la clé ; { $hash } a été retenu, d'après la longueur de la graine.
finding-hash-from-length-hint = Contrôlez une clé avec un code avant de distribuer les autres.
finding-digits-out-of-range = Les codes de la clé n'ont pas de 6 à 8 chiffres.
finding-digits-out-of-range-hint = Demandez au fournisseur des clés à 6, 7 ou 8 chiffres.
finding-digits-assumed = Le fichier n'indique pas la longueur des codes ; 6 chiffres ont été supposés.
finding-digits-assumed-hint = Comparez avec l'écran d'une clé.
finding-period-out-of-range = L'intervalle de temps n'est pas compris entre 10 et 300 secondes.
finding-period-out-of-range-hint = Corrigez-le : les clés changent de code toutes les 30 ou 60 secondes.
finding-period-assumed = Le fichier n'indique pas l'intervalle de temps ; 30 secondes ont été supposées.
finding-period-assumed-hint = Regardez combien de temps une clé affiche un code, et contrôlez-en une avant de distribuer les autres.
finding-minute-assumed = Le fichier n'indique pas l'intervalle de temps ; 60 secondes ont été supposées.
finding-minute-assumed-hint = Regardez combien de temps une clé affiche un code, et contrôlez-en une avant de distribuer les autres.
finding-period-unusual = L'intervalle de temps de { $seconds } secondes est inhabituel.
finding-period-unusual-hint = Regardez combien de temps une clé affiche un code ; c'est presque toujours 30 ou 60 secondes.
finding-counter-out-of-range = Le compteur est plus grand que celui d'aucune clé.
finding-counter-out-of-range-hint = Le compteur d'une clé à bouton est le nombre d'appuis déjà faits : 0 pour une clé neuve. Demandez-le au fournisseur.
finding-expired = La clé a expiré ; elle ne répondra à aucun contrôle.
finding-expired-hint = Ne la distribuez pas ; demandez-en une nouvelle au fournisseur.
finding-not-yet-valid = La clé n'est pas encore valable ; elle ne répondra à aucun contrôle avant sa date.
finding-not-yet-valid-hint = Distribuez-la quand sa date sera venue.
finding-conflict = Cette clé est déjà connue avec une autre graine ou d'autres paramètres (lot { $batch }).
finding-conflict-hint = Demandez au fabricant lequel des deux fichiers est le bon. Si c'est celui-ci, --replace le prend pour les clés qui n'ont jamais été attribuées.
finding-conflict-used = Cette clé est déjà connue avec une autre graine ou d'autres paramètres (lot { $batch }), et elle a été attribuée depuis : elle garde sa graine.
finding-conflict-used-hint = Comparez son affichage avec « cleotp cle diagnostiquer ». Si c'est le nouveau fichier qui est juste, reprenez cette clé et donnez-en une autre à son utilisateur.
finding-conflict-promised = Cette clé est déjà connue avec une autre graine ou d'autres paramètres (lot { $batch }), et quelqu'un a un code d'activation pour elle : elle garde sa graine.
finding-conflict-promised-hint = Cherchez ce code avec « cleotp activation lister » et révoquez-le avec « cleotp activation revoquer IDENTIFIANT » ; puis importez de nouveau le fichier.

## L'installation

installed = C'est prêt : la base, la clé du coffre et la configuration sont dans { $path }. Administrateur : { $operator }.
installed-escrow = Mettez dès maintenant une copie de { $path } en lieu sûr, hors de cette machine : sans elle, la base ne s'ouvre plus.
installed-next = Pour commencer : « cleotp importer FICHIER », avec le fichier de graines du fabricant.
error-already-installed = il y a déjà une base ici : { $path }
error-already-installed-hint = utilisez-la, ou choisissez un autre dossier avec --home
config-template = # Configuration de cleotp. Chaque réglage est facultatif ; enlevez le # devant celui que vous changez.
    # language = "fr"
    # activation-lifetime = "7d"
    # ticket-lifetime = "300s"
    # pin-min-digits = 4
    # pin-max-digits = 6
    # argon-profile = "fast"
    # mass-failure-locks = "keep"

## Les étapes du guide

prompt-activation-code = Code d'activation remis avec la clé :
prompt-passcode = PASSCODE (code PIN puis chiffres affichés ; sans code PIN, chiffres seuls) :
prompt-present-passcode = PASSCODE (code PIN actuel suivi des chiffres affichés) :
prompt-code = Chiffres affichés sur la clé :
prompt-ticket = Ticket :
prompt-next-code = Nouveaux chiffres affichés, sans code PIN :
prompt-first-passcode = PASSCODE (code PIN suivi des nouveaux chiffres) :
prompt-new-pin = Nouveau code PIN :
prompt-new-pin-again = Encore une fois, le même code PIN :
prompt-resync-first = Chiffres affichés sur la clé, sans code PIN :
prompt-resync-following = Nouveaux chiffres affichés :
prompt-pre-shared-key = Clé partagée du fichier (32, 48 ou 64 caractères hexadécimaux) :
prompt-passphrase = Phrase secrète du fichier :
prompt-openpgp-passphrase = Phrase secrète du message OpenPGP :
prompt-verify = Clé { $serial } : chiffres affichés (Entrée si elle n'est pas là) :
prompt-verify-button = Clé { $serial }, après un appui sur son bouton : chiffres affichés (Entrée si elle n'est pas là) :
activation-issued = Code d'activation pour { $login } :
activation-issued-once = Remettez-le avec la clé : il ne sera plus jamais affiché. Un code remis avant celui-ci, même sur un bordereau, ne vaut plus.
activation-issued-to-file = Le code d'activation de { $login } est dans { $path } ; il est valable jusqu'au { $expires_at } (UTC).
emergency-issued = Codes de secours de { $login }, à la place de la clé { $serial }, valables jusqu'au { $expires_at } (UTC) :
emergency-issued-once = Remettez-les en main propre : ils ne seront plus jamais affichés. Pour entrer, leur détenteur tape son code PIN, puis l'un de ces codes à la place des chiffres de la clé, sans espace. Chaque code ne sert qu'une fois.
emergency-issued-to-file = Les codes de secours de { $login } sont dans { $path } ; ils sont valables jusqu'au { $expires_at } (UTC).
campaign-would-issue = Rien n'a été changé. Codes à émettre : { $issued } ; à remplacer : { $reissued } ; déjà en attente : { $waiting } ; clés déjà activées : { $activated }.
campaign-issued = Codes émis : { $issued } ; remplacés : { $reissued } ; déjà en attente : { $waiting } ; clés déjà activées : { $activated }.
campaign-some-wait = Ceux qui ont un code en attente le gardent ; « --reissue » leur en émettrait un autre.
campaign-in-file = La liste des codes est dans { $path }.
campaign-slips-in-file = Les bordereaux sont dans { $path }.
campaign-holds-codes = Ces codes ne seront plus jamais affichés. Remettez-les avec les clés, puis supprimez tout fichier qui les porte.
campaign-no-slips = Aucun code n'a été émis : il n'y a pas de bordereau à imprimer.
campaign-plan-issued = à émettre
campaign-plan-reissued = à remplacer
campaign-result-issued = émis
campaign-result-reissued = remplacé
campaign-result-waiting = déjà en attente
campaign-result-activated = clé déjà activée
hint-campaign-lost = les codes émis sont perdus ; relancez la commande avec « --reissue » : ceux qui n'ont pas activé leur clé reçoivent un autre code
hint-campaign-beside = les codes sont émis, et se trouvent dans { $beside } : renommez ce fichier

# Bordereaux
slips-written = { $count ->
    [one] Un bordereau est dans { $path }.
   *[other] { $count } bordereaux sont dans { $path }.
    }
slips-printed = { $count ->
    [one] Le bordereau est prêt.
   *[other] { $count } bordereaux sont prêts, à raison d'un par page.
    }
slips-handed-over = Chaque détenteur signe le sien en recevant sa clé, et garde les étapes à suivre.
slips-hold-codes = Le fichier porte des codes d'activation, qui ne seront plus jamais affichés : imprimez-le, puis supprimez-le.
slip-letters = le bordereau ne peut pas imprimer toutes les lettres du nom ou de l'établissement de { $login } : celles qui manquent y sont remplacées par « ? »
receipts-written = { $count ->
    [one] La liste d'une remise est dans { $path }.
   *[other] La liste de { $count } remises est dans { $path }.
    }
error-pdf-to-terminal = le bordereau est un PDF, qu'un terminal ne peut pas montrer
error-pdf-to-terminal-hint = ajoutez « > bordereau.pdf » à la fin de la commande, puis imprimez ce fichier
error-slips-none = aucune clé attribuée n'attend d'être activée
error-slips-none-hint = attribuez une clé avec « cleotp cle attribuer NUMÉRO IDENTIFIANT »
hint-slips-lost = les codes émis sont perdus ; la même commande en émet d'autres

# Sur le papier
slip-title = Bordereau de remise
slip-subject = Clé d’authentification
slip-establishment = Établissement
slip-uai = Code UAI
slip-holder = Détenteur
slip-login = Identifiant
slip-serial = Numéro de série, au dos de la clé
slip-code = Code d’activation
slip-code-until = Valable une seule fois, jusqu’au { $date } à { $time } UTC
slip-apart = remis séparément
slip-scan = Scannez pour ouvrir le portail
slip-help = Besoin d’aide ?
slip-activate = Activez la clé
slip-activate-text = Sur le portail, donnez votre identifiant, le code d’activation et le numéro de série inscrit au dos de la clé.
slip-activate-text-by-hand = Sur le portail, donnez votre identifiant, le code d’activation et le numéro de série inscrit au dos de la clé. Adresse du portail :
slip-pin = Créez votre code PIN
slip-pin-text = Connectez-vous avec votre identifiant et les { $digits } chiffres qu’affiche la clé, seuls. Choisissez alors un code PIN de { $pin }, et tapez-le deux fois.
slip-pin-text-button = Appuyez sur le bouton de la clé. Connectez-vous avec votre identifiant et les { $digits } chiffres affichés, seuls. Choisissez alors un code PIN de { $pin }, et tapez-le deux fois.
slip-pin-kept = Gardez votre code PIN
slip-pin-kept-text = Votre code PIN ne change pas : c’est celui de votre ancienne clé, qui ne servira plus dès votre première connexion avec celle-ci.
slip-pin-between = { $least } à { $most } chiffres
slip-pin-exactly = { $least } chiffres
slip-first = Connectez-vous une première fois
slip-first-text = Attendez que les chiffres de la clé changent : { $seconds ->
    [60] une minute
   *[other] { $seconds } secondes
    } au plus. Tapez votre identifiant, puis votre code PIN suivi des nouveaux chiffres, sans espace.
slip-first-text-button = Appuyez de nouveau sur le bouton : d’autres chiffres s’affichent. Tapez votre identifiant, puis votre code PIN suivi des nouveaux chiffres, sans espace.
slip-first-text-pin-kept = Tapez votre identifiant, puis votre code PIN suivi des { $digits } chiffres qu’affiche la nouvelle clé, sans espace.
slip-first-text-button-pin-kept = Appuyez sur le bouton de la nouvelle clé. Tapez votre identifiant, puis votre code PIN suivi des { $digits } chiffres affichés, sans espace.
slip-daily = Tous les jours
slip-daily-text = Tapez votre identifiant, puis votre code PIN suivi des chiffres qu’affiche la clé. Les mêmes chiffres ne servent jamais deux fois : attendez les suivants.
slip-daily-text-button = Appuyez sur le bouton. Tapez votre identifiant, puis votre code PIN suivi des chiffres qu’affiche la clé. Les mêmes chiffres ne servent jamais deux fois.
slip-example-pin = votre code PIN
slip-example-digits = chiffres de la clé
slip-example-whole = ce que vous tapez
slip-duties = Le détenteur s’engage
slip-duty-lend = à ne prêter sa clé à personne, et à ne dire son code PIN à personne, pas même au délégué ;
slip-duty-loss = à signaler aussitôt la perte ou le vol de sa clé ;
slip-duty-pin = à apprendre son code PIN par cœur, et à détruire tout papier sur lequel il est écrit.
slip-receipt = J’ai reçu la clé désignée ci-dessus, et j’ai lu cette page.
slip-date = Date de la remise
slip-delegate = Signature du délégué
slip-signature = Signature du détenteur
slip-secret = Ce bordereau porte un code secret : il se remet en main propre.
slip-made = Établi avec cleotp le { $date }
receipts-title = Liste des remises
receipts-serial = Numéro de série
receipts-date = Remise le
receipts-made = Établie avec cleotp le { $date }
date-in-words = { $day ->
    [1] 1er
   *[other] { $day }
    } { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
activated = La clé { $serial } est active.
activated-next-with-pin = Votre code PIN ne change pas. Première connexion : votre identifiant, puis votre code PIN suivi des chiffres affichés sur cette clé. L'ancienne ne servira plus ensuite.
activated-next = Première connexion : votre identifiant, puis les chiffres affichés sur la clé, seuls. Vous choisirez alors votre code PIN.
activation-refused = Activation refusée. Vérifiez l'identifiant, le code d'activation et le numéro de série, ou demandez un nouveau code d'activation.
result-activated = activée
result-refused = refusé
result-set = créé
verdict-accepted = accepté
verdict-refused = refusé
verdict-new-pin-required = code PIN à créer
verdict-next-code-required = code suivant demandé


check-accepted = Accès accepté pour { $login }.
check-accepted-in-emergency = Accès accepté pour { $login } par un code de secours, qui ne servira plus. { $left ->
        [0] C'était le dernier : demandez-en d'autres, ou une nouvelle clé.
        [one] Il en reste un.
       *[other] Il en reste { $left }.
    }
check-refused = Accès refusé. Attendez que le code de la clé change, ou appuyez sur son bouton si elle en a un, puis recommencez ; après plusieurs échecs, patientez quelques minutes.
check-new-pin-required = Code juste : il faut maintenant créer un code PIN (« cleotp code-pin definir --ticket »), avec ce ticket valable une fois : { $ticket }
check-next-code-required = Code juste, mais il faut aussi le code suivant (dans { $seconds } s), avec ce ticket valable une fois : { $ticket }
check-next-code-required-button = Code juste, mais il faut aussi le code suivant (un nouvel appui sur le bouton de la clé), avec ce ticket valable une fois : { $ticket }
login-new-pin = Le code est juste, mais la clé n'a pas encore de code PIN : choisissez-le d'abord, là où vous avez activé la clé, puis connectez-vous avec le code PIN et de nouveaux chiffres.
login-next-code = Il faut encore un code. Attendez que la clé en affiche un autre, puis connectez-vous de la même façon avec celui-ci.
radius-new-pin = Le code est juste. Choisissez maintenant un code PIN de { $least } à { $most } chiffres, et tapez-le deux fois de suite, sans espace.
radius-next-code = Il faut encore un code. Attendez { $seconds } s que les chiffres changent, puis tapez les nouveaux chiffres seuls, sans code PIN.
radius-next-code-button = Il faut encore un code. Appuyez de nouveau sur le bouton de la clé, puis tapez les nouveaux chiffres seuls, sans code PIN.
radius-pin-is-set = Votre code PIN est créé. Attendez que les chiffres changent, puis tapez le code PIN suivi des nouveaux chiffres.
next-code-required = Il faut aussi le code suivant. Attendez que les chiffres changent, puis saisissez les nouveaux chiffres, sans code PIN.
next-code-required-button = Il faut aussi le code suivant. Appuyez de nouveau sur le bouton de la clé, puis saisissez les nouveaux chiffres, sans code PIN.
passcode-follows = Attendez que les chiffres changent, puis saisissez votre PASSCODE : le code PIN suivi des nouveaux chiffres (exemple : 4576 puis 768950 donnent 4576768950).
passcode-follows-button = Appuyez de nouveau sur le bouton de la clé, puis saisissez votre PASSCODE : le code PIN suivi des nouveaux chiffres (exemple : 4576 puis 768950 donnent 4576768950).
resync-code-follows = Attendez que les chiffres changent.
resync-code-follows-button = Appuyez de nouveau sur le bouton de la clé.
wait-counted-down = Encore { $seconds } s (Entrée s'ils ont changé)
wait-told-once = Ils changent dans { $seconds } s.
choose-a-pin = Choisissez un code PIN de { $least } à { $most } chiffres. Ne le notez pas et ne le confiez à personne.
pin-is-set = Votre code PIN est créé.
pin-set-next = Il sera confirmé à votre prochaine connexion, avec un autre code de la clé, dans l'heure qui vient.
pin-unfit = Ce code PIN ne convient pas : { $reason }. { $tries ->
        [one] Il reste un{"\u00A0"}essai.
       *[other] Il reste { $tries }{"\u00A0"}essais.
    }
pin-change-next = Confirmez-le en vous connectant avec un autre code de la clé dans l'heure ; sinon, l'ancien code PIN redevient valable.
pin-change-refused = Refusé : votre code PIN n'a pas changé. Attendez que le code de la clé change, ou appuyez sur son bouton si elle en a un, puis recommencez ; après plusieurs échecs, patientez quelques minutes.
pin-change-ticket = Un autre code PIN peut être essayé avec « cleotp code-pin definir --ticket » et ce ticket : { $ticket }
pin-ticket-dead = Refusé : le ticket n'est plus valable. Recommencez avec un nouveau code de la clé.
pin-not-digits = il ne doit contenir que des chiffres
pin-length = il doit avoir de { $least } à { $most } chiffres
pin-alike = tous ses chiffres sont pareils
pin-run = ses chiffres se suivent
pin-year = c'est une année, trop facile à deviner
pin-common = il est trop courant
pin-serial-end = c'est la fin du numéro de série de la clé
pin-former = c'est votre ancien code PIN
pin-unequal = les deux saisies sont différentes
unfit-not-digits = pas seulement des chiffres
unfit-length = longueur
unfit-alike = chiffres pareils
unfit-run = chiffres qui se suivent
unfit-year = année
unfit-common = trop courant
unfit-serial-end = fin du numéro de série
unfit-former = ancien code PIN
unfit-unequal = deux saisies différentes
no-pin-to-set = Refusé. Attendez que les chiffres de la clé changent, puis recommencez ; si vous avez déjà un code PIN, changez-le : « cleotp code-pin changer ».
error-pin-refused = ce code PIN ne convient pas : { $reason }
error-pin-refused-hint = choisissez-en un autre ; essais restants avec ce ticket : { $tries }
error-pin-refused-last-hint = il ne reste plus d'essai : recommencez avec un nouveau code de la clé
error-ticket-needed = sans terminal, la création du code PIN demande un ticket
error-ticket-needed-hint = ajoutez --ticket, et donnez sur l'entrée standard le ticket puis deux fois le code PIN

## Resynchroniser

resync-even = La clé { $serial } est de nouveau à l'heure.
resync-ahead-minutes = La clé { $serial } est resynchronisée : elle avance { $amount ->
        [one] d'une minute
       *[other] de { $amount } minutes
    }.
resync-behind-minutes = La clé { $serial } est resynchronisée : elle retarde { $amount ->
        [one] d'une minute
       *[other] de { $amount } minutes
    }.
resync-ahead-seconds = La clé { $serial } est resynchronisée : elle avance de { $amount } secondes.
resync-behind-seconds = La clé { $serial } est resynchronisée : elle retarde de { $amount } secondes.
resync-pressed-none = La clé { $serial } est resynchronisée : aucun appui n'avait été perdu.
resync-pressed = La clé { $serial } est resynchronisée : on avait appuyé { $amount } fois sur son bouton sans utiliser le code.
resync-third = Ces deux codes ne suffisent pas : il en faut un troisième.
resync-third-needed = Il faut un troisième code : recommencez avec --three et trois codes consécutifs.
resync-refused = La clé { $serial } n'a pas été resynchronisée : ces codes ne sont pas deux codes consécutifs de cette clé. Recommencez avec de nouveaux codes.
resync-replay = La clé { $serial } n'a pas été resynchronisée : ces codes ont déjà servi. Recommencez avec de nouveaux codes.
resync-grammar = La clé { $serial } n'a pas été resynchronisée : tapez seulement les chiffres affichés, sans le code PIN.
resync-waiting = La clé { $serial } fait attendre après plusieurs échecs. Patientez quelques minutes, ou débloquez-la : « cleotp cle debloquer { $serial } ».

## Diagnostiquer

diagnose-now = Ce code est juste : c'est bien celui que la clé { $serial } doit afficher maintenant.
diagnose-ahead = Ce code est bien de la clé { $serial }, mais son horloge avance de { $span }. Resynchronisez-la : « cleotp cle resynchroniser { $serial } ».
diagnose-behind = Ce code est bien de la clé { $serial }, mais son horloge retarde de { $span }. Resynchronisez-la : « cleotp cle resynchroniser { $serial } ».
diagnose-pressed = Ce code est bien de la clé { $serial }, mais on a appuyé { $amount } fois sur son bouton sans utiliser le code. Resynchronisez-la si la connexion est refusée : « cleotp cle resynchroniser { $serial } ».
diagnose-spent = Ce code est bien de la clé { $serial }, mais il a déjà servi, le { $at } (UTC).
diagnose-older = Ce code est bien de la clé { $serial }, mais il est trop ancien : un code plus récent a servi le { $at } (UTC).
diagnose-old = Ce code est bien de la clé { $serial }, mais il est trop ancien : il date d'avant sa livraison.
diagnose-wait = Attendez que les chiffres changent, puis recommencez.
diagnose-press = Appuyez de nouveau sur le bouton de la clé, puis recommencez.
diagnose-clock-behind = Si la clé affiche bien ce code en ce moment, son horloge retarde de { $span } : attendez ce temps-là, puis resynchronisez-la.
diagnose-other-parameters = Ces codes seraient justes si la clé { $serial } était réglée ainsi : { $is }. Elle a été importée ainsi : { $was }. Le fichier importé était faux : demandez-en un autre au fournisseur.
diagnose-other-base = Ces codes seraient justes si le secret de la clé { $serial } avait été lu { $is }. Il a été lu { $was }. Le fichier importé ne disait pas dans quelle écriture il est : demandez-en un autre au fournisseur.
diagnose-other-key = Ces codes sont ceux d'une autre clé : la { $other }, et non la { $serial }. Faites relire le numéro de série au dos de la clé.
diagnose-second = Ce code ne correspond pas à la clé. Avec le code suivant, on peut chercher plus loin.
diagnose-second-needed = Ce code ne correspond pas à la clé { $serial }. Donnez aussi le code qui le suit pour chercher plus loin.
diagnose-no-match = Ces codes ne correspondent ni à la clé { $serial }, ni à aucune autre connue. Vérifiez que ce sont bien deux codes consécutifs, et relisez le numéro au dos de la clé ; sinon, le secret importé n'est pas celui de cette clé.
diagnose-not-active = Attention : la clé { $serial } ne répond à aucune vérification dans son état présent ({ $state }).
diagnose-locked = Attention : la clé { $serial } est bloquée. Débloquez-la : « cleotp cle debloquer { $serial } ».
diagnose-out-of-date = Attention : la clé { $serial } est hors de ses dates de validité, et ne répond à aucune vérification.
diagnose-parameters = { $algorithm }, { $digits } chiffres, { $period } s
diagnose-parameters-button = { $algorithm }, { $digits } chiffres
base-raw = comme un texte brut
base-hex = en hexadécimal
base-base32 = en base 32
base-base64 = en base 64
span-seconds = { $seconds } secondes
span-minutes = { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
span-hours = { $hours } heures
span-days = { $days } jours

## Annuler un lot, le vérifier

confirm-yes = o oui
confirm-no = Rien n'a été changé.
confirm-other = Ce n'est pas le même : rien n'a été changé.
confirm-audit-purge = { $events ->
        [one] Un événement antérieur
       *[other] { $events } événements antérieurs
    } au { $day } (UTC) : plus personne ne pourra lire ni rétablir ce qu'ils racontent. Continuer ? [o/N]
confirm-audit-purge-begun = Une suppression précédente a été interrompue : { $events ->
        [one] l'événement qu'il en reste part
       *[other] les { $events } événements qu'il en reste partent
    } d'abord.
confirm-audit-purge-again = Pour confirmer, tapez de nouveau la date { $day } :
confirm-batch-undo = Lot { $id } : { $file }, importé le { $at } (UTC) par { $operator } ; { $keys ->
        [0] aucune clé
        [one] une clé, jamais sortie du stock
       *[other] { $keys } clés, jamais sorties du stock
    }.
    L'annuler supprime ces clés et leurs graines. Continuer ? [o/N]
confirm-batch-again = Tapez encore une fois le numéro du lot pour l'annuler :
confirm-vault-rotate = La clé du coffre { $id } est remplacée par une nouvelle. Il la faudra encore pour les sauvegardes faites jusqu'ici : gardez-en la copie aussi longtemps qu'elles. Continuer ? [o/N]
confirm-vault-again = Tapez les quatre premiers caractères du numéro de cette clé :
confirm-key-retire = La clé { $serial } ({ $state }{ $login ->
        [none] {""}
       *[other] , { $login }
    }) part au rebut pour toujours. Continuer ? [o/N]
confirm-key-again = Tapez encore une fois son numéro de série :
confirm-keys-retire = { $count } clés partent au rebut pour toujours. Continuer ? [o/N]
confirm-keys-again = Pour confirmer, tapez leur nombre :
confirm-user-remove = { $name } ({ $login }) part : sa clé et tous ses codes s'arrêtent aussitôt. Continuer ? [o/N]
confirm-user-again = Tapez encore une fois son identifiant :
confirm-users-remove = { $count } utilisateurs partent : leurs clés et tous leurs codes s'arrêtent aussitôt. Continuer ? [o/N]
confirm-users-again = Pour confirmer, tapez leur nombre :
confirm-restore = { $path } : son dernier événement date du { $newest } (UTC) ; clés : { $keys }, utilisateurs : { $users }.
    Ce qui a été fait après cet instant n'y est pas. La restaurer met hors service la base actuelle, qui est gardée à côté, et met fin à tous les tickets, codes d'activation et codes de secours. Continuer ? [o/N]
confirm-restore-again = Pour la restaurer, tapez le jour de son dernier événement ({ $day }) :
vault-key-is = Clé du coffre { $id }, { $source ->
        [credential] credential de systemd
       *[file] dans le fichier
    } { $path } (compte { $owner }, mode { $mode }).
vault-key-made-at = Faite avec la base le { $at } (UTC), et jamais changée depuis.
vault-key-rotated-at = En vigueur depuis le { $at } (UTC) ; la base a été faite le { $made }.
vault-key-waits = { $path } reste d'un changement qui n'est pas allé à son terme : « cleotp coffre renouveler » le jettera.
vault-key-not-in-backups = Elle n'est dans aucune sauvegarde : sans elle, une sauvegarde ne sert à personne, à vous non plus.
vault-key-copy = Gardez-en une copie hors de cette machine, au coffre, imprimée ou sur un support scellé, et jamais avec une sauvegarde.
vault-key-copy-used = Pour se servir de la copie : écrivez sa ligne dans { $quoted } sous le compte de cleotp, faites-lui un « chmod 600 », puis lancez « cleotp diagnostic ».
vault-rotated = La clé du coffre est maintenant { $id }, dans { $path }. La clé { $former } n'ouvre plus cette base.
vault-rotated-copy = Mettez tout de suite une copie de la nouvelle clé au coffre : voyez « cleotp coffre etat ».
vault-rotated-backups = Gardez aussi la copie de la clé { $former }, tant que vous gardez une sauvegarde faite jusqu'ici.
batch-undo-takes-time = Effacement de { $keys } clés : quelques instants. L'interrompre ne les ramènerait pas.
batch-undone = Le lot { $id } ({ $file }) est annulé : { $keys ->
        [0] il n'avait aucune clé
        [one] sa clé est supprimée
       *[other] ses { $keys } clés sont supprimées
    }. Le même fichier peut être importé de nouveau.
batch-undo-finished = L'annulation du lot { $id } ({ $file }) avait été interrompue : elle est terminée. Le même fichier peut être importé de nouveau.
batch-undo-left-over = les clés du lot ont disparu, mais leur effacement n'est pas terminé ({ $reason }) ; le prochain import ou la prochaine annulation le terminera.
verify-begin = Lot { $id } ({ $file }) : { $keys ->
        [one] une clé en stock.
       *[other] { $keys } clés en stock.
    } { $sample ->
        [one] Essayons-en une, tirée au sort.
       *[other] Essayons-en { $sample }, tirées au sort.
    }
verify-not-a-code = ce n'est pas un code : tapez tous les chiffres affichés, et rien d'autre.
verify-second = Cette clé ne devrait pas afficher ce code. Avec le code suivant, on peut dire pourquoi.
verify-third = Toujours rien. Relisez le numéro au dos de la clé. Un dernier code, au cas où l'un des deux aurait été mal tapé :
verify-key-right = Clé { $serial } : juste.
verify-key-ahead = Clé { $serial } : juste, avec une horloge en avance de { $span }.
verify-key-behind = Clé { $serial } : juste, avec une horloge en retard de { $span }.
verify-key-pressed = Clé { $serial } : juste, après { $amount ->
        [one] un appui qui n'a pas servi.
       *[other] { $amount } appuis qui n'ont pas servi.
    }
verify-key-counter = Clé { $serial } : sa graine est juste, mais le fichier annonce un compteur plus avancé que le sien. Ses codes seront refusés jusque-là.
verify-key-parameters = Clé { $serial } : juste si elle est réglée ainsi : { $is }. Elle a été importée ainsi : { $was }.
verify-key-base = Clé { $serial } : juste si sa graine est lue { $is }. Elle a été lue { $was }.
verify-key-other = Clé { $serial } : ce sont les chiffres d'une autre clé, la { $other }.
verify-key-nothing = Clé { $serial } : ces chiffres ne correspondent à aucune clé connue.
verify-right = { $tried ->
        [one] La clé essayée répond : les paramètres de ce lot sont bons.
       *[other] Les { $tried } clés essayées répondent : les paramètres de ce lot sont bons.
    }
verify-none = Aucune clé n'a été essayée : rien n'est vérifié. Recommencez quand des clés du lot { $id } seront à portée de main.
verify-too-few = { $tried ->
        [one] La clé essayée répond, mais il fallait en essayer { $sample }.
       *[other] Les { $tried } clés essayées répondent, mais il fallait en essayer { $sample }.
    } Recommencez quand d'autres clés du lot { $id } seront à portée de main, ou demandez-en moins avec --sample.
verify-wrong = { $tried ->
        [1] La clé essayée n'affiche pas ce qu'elle devrait.
       *[other] { $wrong ->
            [one] Une clé sur { $tried } n'affiche pas ce qu'elle devrait.
           *[other] { $wrong } clés sur { $tried } n'affichent pas ce qu'elles devraient.
        }
    } Ne distribuez pas le lot { $id } : comparez les numéros de série du fichier à ceux des clés, et demandez au fournisseur si c'est le bon fichier.
verify-parameters = Ne distribuez pas le lot { $id } : il a été importé avec de faux paramètres, et ses clés n'ouvriraient rien.
verify-mend-encoding = Annulez le lot : « cleotp lot annuler { $id } ». Puis importez de nouveau { $file } en disant comment ses graines sont écrites : « cleotp importer --secret-encoding { $encoding } … ».
verify-mend-table = Annulez le lot : « cleotp lot annuler { $id } ». Puis corrigez ce que { $file } dit des clés (type, chiffres, durée), ou passez sur ces colonnes avec « cleotp importer --columns … », et importez-le de nouveau.
verify-mend-file = Annulez le lot : « cleotp lot annuler { $id } ». Puis demandez au fournisseur un autre fichier que { $file }, et importez-le.
verify-all-ahead = Toutes ces clés sont en avance d'autant : c'est peut-être l'horloge de cette machine qui est en retard. Comparez-la à une autre : « cleotp diagnostic ».
verify-all-behind = Toutes ces clés sont en retard d'autant : c'est peut-être l'horloge de cette machine qui est en avance. Comparez-la à une autre : « cleotp diagnostic ».
error-not-codes = ce ne sont pas les chiffres d'une clé
error-not-codes-hint = donnez 6 à 8 chiffres par ligne, sans code PIN ; un code, ou deux qui se suivent
error-diagnoses-limited = trop de recherches sans résultat
error-diagnoses-limited-hint = la prochaine est possible à partir du { $until } (UTC) ; d'ici là, faites relire le numéro de série et les chiffres

## Importer

error-unknown-encoding = « { $value } » n'est pas un encodage de graines
error-unknown-encoding-hint = les encodages sont hex, base32 et base64
error-unknown-column = aucune colonne ne s'appelle « { $word } »
error-unknown-column-hint = les colonnes sont serial, secret, type, hash, digits, step, counter, manufacturer et model ; « - » en passe une
error-column-named-twice = la colonne « { $name } » est nommée deux fois
error-column-named-twice-hint = nommez chaque colonne une seule fois ; « - » en passe une
error-no-column-of-seeds = aucune colonne de graines n'est nommée
error-no-column-of-seeds-hint = nommez-en une « secret », comme dans --columns serial,secret,-,step
error-unknown-format = aucun format ne s'appelle « { $format } »
error-unknown-format-hint = les formats sont { $known } ; sans --format, il est reconnu d'après le contenu
error-unknown-cipher = aucun chiffrement ne s'appelle « { $cipher } »
error-unknown-cipher-hint = les chiffrements sont { $known }
finding-at-line = ligne { $line }
finding-at-column = ligne { $line }, colonne { $column }
finding-of-key = , clé { $serial }
finding-first =  : { $place } : { $what }
progress = { $file } : { $keys } clés, { $pace } par seconde
progress-seconds-left = { $text }, encore { $count } s
progress-minutes-left = { $text }, encore { $count } min
import-done = { $file } ({ $format }) : { $new ->
        [0] aucune nouvelle clé
        [one] une nouvelle clé en stock
       *[other] { $new } nouvelles clés en stock
    }, { $identical ->
        [0] aucune déjà connue
        [one] une déjà connue
       *[other] { $identical } déjà connues
    }{ $replaced ->
        [0] {""}
        [one] , une remplacée
       *[other] , { $replaced } remplacées
    } ; lot { $batch }.
import-partial = { $file } ({ $format }) : { $errors ->
        [one] une clé laissée de côté
       *[other] { $errors } clés laissées de côté
    }, { $new ->
        [0] aucune nouvelle clé
        [one] une nouvelle clé en stock
       *[other] { $new } nouvelles clés en stock
    }, { $identical ->
        [0] aucune déjà connue
        [one] une déjà connue
       *[other] { $identical } déjà connues
    }{ $replaced ->
        [0] {""}
        [one] , une remplacée
       *[other] , { $replaced } remplacées
    }{ $batch ->
        [0] {""}
       *[other] {" "}; lot { $batch }
    }.
import-would = { $file } ({ $format }) : { $new ->
        [0] aucune nouvelle clé
        [one] une nouvelle clé
       *[other] { $new } nouvelles clés
    } à importer, { $identical ->
        [0] aucune déjà connue
        [one] une déjà connue
       *[other] { $identical } déjà connues
    }{ $replaced ->
        [0] {""}
        [one] , une à remplacer
       *[other] , { $replaced } à remplacer
    } ; ce n'était qu'un essai, rien n'a été changé.
import-would-partial = { $file } ({ $format }) : { $errors ->
        [one] une clé à laisser de côté
       *[other] { $errors } clés à laisser de côté
    }, { $new ->
        [0] aucune nouvelle clé
        [one] une nouvelle clé
       *[other] { $new } nouvelles clés
    } à importer, { $identical ->
        [0] aucune déjà connue
        [one] une déjà connue
       *[other] { $identical } déjà connues
    }{ $replaced ->
        [0] {""}
        [one] , une à remplacer
       *[other] , { $replaced } à remplacer
    } ; ce n'était qu'un essai, rien n'a été changé.
import-already = { $file } : déjà importé (lot { $batch }), rien à faire.
import-rejects-kept = { $count ->
        [one] La clé laissée de côté est dans { $path } : corrigez-la, puis importez ce fichier.
       *[other] Les { $count } clés laissées de côté sont dans { $path } : corrigez-les, puis importez ce fichier.
    }
hint-rejects-not-kept = les clés justes sont en stock ; importez de nouveau le fichier, avec --partial et un autre nom après --rejects, pour obtenir les autres
error-rejects-to-stdout = --rejects demande un nom de fichier
error-rejects-to-stdout-hint = les clés laissées de côté vont avec leurs graines dans un fichier que son seul propriétaire peut lire
error-rejects-of-several = --rejects ne va qu'avec un seul fichier à importer
error-rejects-of-several-hint = importez les fichiers l'un après l'autre, chacun avec son --rejects
import-rejected = { $file } : refusé, { $errors ->
        [one] une erreur
       *[other] { $errors } erreurs
    } ; rien de ce fichier n'a été enregistré.
finding-line = { $file }, { $place }{ $serial } : { $severity } : { $what }

## La démonstration

demo-begins = Tout le guide, sur des clés d'exemple. Chaque commande est vraiment exécutée, dans { $path }.
demo-install = L'administrateur installe cleotp.
demo-import = Les fichiers de graines du fabricant sont importés : les clés sont en stock.
demo-people = Un établissement, et une utilisatrice.
demo-assign = Le délégué lui attribue la clé { $serial }.
demo-activation-code = Il émet un code d'activation, qu'il remet avec la clé.
demo-step-1 = Étape 1 : l'utilisatrice active sa clé, avec le code d'activation et le numéro de série.
demo-step-2 = Étape 2 : première connexion, avec les seuls chiffres de la clé ; elle crée son code PIN.
demo-same-code = Le même code ne peut pas resservir, même avec le code PIN.
demo-step-3 = Étape 3 : les chiffres ont changé ; le code PIN suivi des nouveaux chiffres ouvre l'accès.
demo-replay = Un passcode n'ouvre qu'une fois.
demo-drift = Des mois plus tard, l'horloge de la clé avance de { $ahead } minutes : ses codes sont refusés.
demo-resync = Le délégué la resynchronise avec deux codes consécutifs ; le passcode suivant est accepté.
demo-reset = Code PIN oublié : le délégué l'efface, et l'utilisatrice en créera un autre comme à l'étape 2.
demo-look = Qui a quoi.
demo-audit = Le journal d'audit est intact.
demo-status = code de sortie { $status }
demo-ends = Terminé. Vous pouvez continuer avec cette installation : export CLEOTP_HOME={ $path }
error-demo-failed = la démonstration n'a pas donné ce qui était attendu : { $command }
error-demo-failed-hint = c'est un défaut de cleotp : signalez ce qui est affiché

## Les commandes du comptoir

error-unknown-action = aucune action ne s'appelle « { $value } »
error-unknown-action-hint = les actions sont { $choices }
error-unknown-outcome = aucun résultat ne s'appelle « { $value } »
error-unknown-outcome-hint = les résultats sont { $choices }
error-list-refused = la liste { $path } est refusée, rien n'a été changé ; problèmes : { $count }
error-list-refused-hint = corrigez les lignes indiquées, puis relancez la commande
error-list-foreign = la liste { $path } n'est pas du texte : c'est { $kind } ({ $format })
error-list-foreign-hint = donnez un fichier CSV ; dans un tableur, enregistrez la feuille au format « CSV UTF-8 »
error-list-not-text = la liste { $path } n'est pas du texte
error-list-not-text-hint = donnez un fichier CSV en UTF-8 ; dans un tableur, enregistrez la feuille au format « CSV UTF-8 »
error-list-too-large = la liste { $path } dépasse { $mebibytes } Mio
error-list-too-large-hint = vérifiez que c'est bien une liste ; si c'en est une, découpez-la
foreign-picture = une image
foreign-archive = une archive
foreign-workbook = un classeur
foreign-document = un document
foreign-program = un programme
foreign-database = une base de données
foreign-web-page = une page web
foreign-message = un courriel

key-assigned = La clé { $serial } est attribuée à { $login }.
key-assigned-next = Imprimez maintenant son bordereau, avec un code d'activation : « cleotp bordereau { $login } --new-code > bordereau.pdf »
    Ou, sans papier, émettez seulement le code : « cleotp activation nouveau { $login } »
key-would-be-assigned = Rien n'a été changé. La clé { $serial } serait attribuée à { $login }.
keys-assigned = Clés attribuées : { $added } ; déjà à leur utilisateur : { $identical }.
keys-would-be-assigned = Rien n'a été changé. Clés à attribuer : { $added } ; déjà à leur utilisateur : { $identical }.
key-replaced = La clé { $new } est attribuée à { $login } à la place de la clé { $old }.
key-replaced-goes-on = La clé { $old } sert encore jusqu'à la première vérification acceptée avec la clé { $new }, puis elle est mise au rebut.
key-replaced-answers-not = La clé { $old } ne sert plus ; elle sera mise au rebut à la première vérification acceptée avec la clé { $new }.
key-replaced-keeps-pin = { $login } garde son code PIN.
keys-replaced = { $count } clés sont remplacées ; chacune sera mise au rebut à la première vérification acceptée avec la nouvelle.
keys-replaced-next = Émettez maintenant les codes d'activation : « cleotp bordereau --all --new-code > bordereaux.pdf »
keys-would-be-replaced = C'était un essai, rien n'a été changé. Clés qui seraient remplacées : { $count }.
replacement-taken-back = Le remplacement de la clé { $old } par la clé { $new } est annulé.
replacement-stands = La clé { $new } n'en remplace plus aucune : c'est désormais la clé de { $login }.
replacement-stands-without-pin = La clé { $new } n'en remplace plus aucune : c'est désormais la clé de { $login }, qui créera un nouveau code PIN, l'ancien étant effacé.
key-unassigned = La clé { $serial } de { $login } est de nouveau en stock.
keys-unassigned = { $count } clés sont de nouveau en stock.
key-returned = La clé { $serial } de { $login } est revenue en stock à { $place } ; son code PIN est effacé.
keys-returned = { $count } clés sont revenues en stock ; leurs codes PIN sont effacés.
key-shipped = La clé { $serial } est en route vers { $place }.
keys-shipped = { $count } clés sont en route.
key-shipped-next = À son arrivée : « cleotp cle recevoir { $serial } »
key-received = La clé { $serial } est arrivée à { $place } : elle peut y être attribuée.
keys-received = { $count } clés sont arrivées : elles peuvent être attribuées.
key-suspended-now = La clé { $serial } de { $login } est suspendue : elle ne répond plus, jusqu'à ce qu'elle soit remise en service.
keys-suspended = { $count } clés sont suspendues : elles ne répondent plus, jusqu'à ce qu'elles soient remises en service.
key-suspended-next = Pour la remettre en service : « cleotp cle reprendre { $serial } »
key-resumed = La clé { $serial } de { $login } est de nouveau en service, avec le même code PIN.
keys-resumed = { $count } clés sont de nouveau en service, avec les mêmes codes PIN.
key-lost-now = La clé { $serial } est déclarée perdue : plus aucun de ses codes n'est accepté.
keys-lost = { $count } clés sont déclarées perdues : plus aucun de leurs codes n'est accepté.
key-lost-next = Si elle est retrouvée : « cleotp cle retrouvee { $serial } »
key-lost-next-of-user = Si elle est retrouvée : « cleotp cle retrouvee { $serial } » la met en stock ; avec « --restore --reason POURQUOI », elle reste à { $login } telle quelle ; pour en donner une autre à { $login } : « cleotp cle remplacer { $serial } NOUVELLE » ; pour un accès de secours d'ici là : « cleotp secours nouveau { $login } »
key-lost-next-in-emergency = Les codes de secours de { $login } restent valables jusqu'au { $until } (UTC). S'ils sont perdus aussi : « cleotp secours revoquer { $login } » ; si la clé est retrouvée : « cleotp cle retrouvee { $serial } »
key-found-next = Pour la donner à quelqu'un : « cleotp cle attribuer { $serial } IDENTIFIANT »
key-found-next-of-user = Pour la redonner à { $login } : « cleotp cle attribuer { $serial } { $login } »
key-found-next-in-emergency = Les codes de secours de { $login } prennent fin. Pour lui redonner la clé : « cleotp cle attribuer { $serial } { $login } »
key-found-now = La clé { $serial } est retrouvée, et en stock ; son code PIN est effacé.
keys-found = { $count } clés sont retrouvées, et en stock ; leurs codes PIN sont effacés.
key-restored = La clé { $serial } est retrouvée, et { $state } comme avant ; le motif est au journal d'audit.
keys-restored = { $count } clés sont retrouvées, et dans leur état d'avant ; le motif est au journal d'audit.
key-restored-next = Émettez maintenant un code d'activation : « cleotp activation nouveau { $login } »
key-retired-now = La clé { $serial } est au rebut, pour toujours.
keys-retired = { $count } clés sont au rebut, pour toujours.
keys-would-change = C'était un essai, rien n'a été changé. Clés qui seraient changées : { $count }.
would-be-done = C'était un essai, rien n'a été changé. Lignes qui seraient traitées : { $count }.
keys-unlocked = Clés débloquées : { $count } ; leurs échecs sont effacés.
key-unlocked = La clé { $serial } est débloquée, ses échecs sont effacés.
key-was-not-locked = La clé { $serial } n'était pas bloquée ; ses échecs sont effacés.
user-added = L'utilisateur { $login } ({ $name }) est ajouté.
user-added-next = Attribuez-lui maintenant une clé : « cleotp cle attribuer NUMÉRO { $login } »
user-disabled = L'utilisateur { $login } est désactivé : plus aucune de ses vérifications n'est acceptée.
user-enabled = L'utilisateur { $login } est réactivé.
users-disabled = Utilisateurs désactivés : { $count } ; plus aucune de leurs vérifications n'est acceptée.
users-moved = Utilisateurs qui ont changé d'établissement : { $count }.
users-enabled = Utilisateurs réactivés : { $count }.
user-moved = L'utilisateur { $login } passe de { $from } à { $to }.
user-joined = L'utilisateur { $login } appartient maintenant aussi à { $to }.
user-went = L'utilisateur { $login } n'appartient plus à { $from }.
user-moved-key = La clé { $serial } le suit.
user-removed = L'utilisateur { $login } est supprimé et ne peut plus se connecter.
user-removed-key-back = La clé { $serial } est de retour à { $place }, en stock ; son code PIN est effacé.
user-removed-key = La clé { $serial } : { $state } ; son code PIN est effacé.
user-removed-codes = Le code d'activation et les codes de secours encore bons ont pris fin.
user-removed-until = L'audit garde le nom jusqu'au { $day } (UTC) ; il est ensuite effacé.
users-removed = { $count } utilisateurs sont supprimés et ne peuvent plus se connecter.
users-would-leave = { $count ->
        [one] Un utilisateur serait supprimé ; rien n'a été changé.
       *[other] { $count } utilisateurs seraient supprimés ; rien n'a été changé.
    }
person-removed = { $login } (supprimé)
person-erased = n° { $user } (nom effacé)
establishment-renamed = L'établissement { $uai } s'appelle maintenant { $name } (auparavant { $former }).
establishment-named-so = L'établissement { $uai } s'appelle déjà { $name } ; rien n'a été changé.
establishment-added = L'établissement { $uai } ({ $name }) est ajouté.
operator-added = { $account } est maintenant { $role }.
operator-added-for = { $account } est maintenant { $role } pour { $uais }.
operator-added-until = Jusqu'au { $until } (UTC).
operator-was = Auparavant : { $role }.
operator-removed = { $account } n'est plus { $role }.
activation-revoked = Le code d'activation de { $login } est révoqué.
activation-revoked-next = Pour en émettre un autre : « cleotp activation nouveau { $login } »
emergency-revoked = La liste de secours de { $login } est révoquée : aucun de ses codes n'est plus accepté.
emergency-ended = Les codes de secours de { $login } prennent fin : ils ne sont plus acceptés.
activations-revoked = Codes d'activation révoqués : { $count }.
pin-was-reset = Le code PIN de { $login } est effacé ; un nouveau peut être créé jusqu'au { $until } (UTC).
pin-was-reset-next = Son détenteur se connecte avec son identifiant et les chiffres affichés sur la clé, seuls ; il choisit alors son nouveau code PIN.
pins-were-reset = Codes PIN effacés : { $count } ; leurs détenteurs en créent un nouveau avec le code affiché par la clé.

audit-intact = Événements lus : { $events }. Aucun n'a été modifié, et il n'en manque aucun entre eux.
backup-on-stdout = la sortie standard
backup-made = La base est copiée dans { $path } : { $events ->
        [one] un événement
       *[other] { $events } événements
    }, { $kibibytes } Kio. SHA-256 : { $sha256 }
backup-next = Elle ne sert qu'avec la clé du coffre { $key } : une copie de cette clé est-elle en lieu sûr, loin de ce fichier ?
backup-without-vault-key = { $reason } : aucun événement ne raconte cette sauvegarde, et son journal d'audit n'a pas été vérifié
restore-could-be = { $path } peut être restauré : son dernier événement date du { $newest } (UTC) ; clés : { $keys }, utilisateurs : { $users }, événements : { $events }. Rien n'a été changé.
restore-done = { $path } est restauré, tel qu'au { $newest } (UTC) ; clés : { $keys }, utilisateurs : { $users }, événements : { $events }.
restore-kept = L'ancienne base est gardée : { $path }
restore-ended = Ont pris fin : { $activations ->
        [0] aucun code d'activation
        [one] un code d'activation
       *[other] { $activations } codes d'activation
    }, { $emergencies ->
        [0] aucune liste de secours
        [one] une liste de secours
       *[other] { $emergencies } listes de secours
    }. Ceux qui en attendaient un ont besoin d'un nouveau. Le code qu'une clé affiche en ce moment est refusé : les suivants seront bons. Une clé à bouton demandera deux codes.
restore-operators = Les rôles aussi sont ceux de ce moment-là : qui a perdu le sien depuis l'a de nouveau. Regardez « cleotp operateur lister » et « cleotp utilisateur lister ».
restore-none-held = Il n'est rien arrivé à aucune clé depuis : aucune n'est retenue.
restore-held = Retenues tant que personne n'a examiné ce qui leur est arrivé depuis le { $since } (UTC) : { $held ->
        [one] une clé
       *[other] { $held } clés
    }. Ensuite : cleotp restaurer --confirm-since DATE
restore-many-held = Retenues tant que personne n'a examiné ce qui leur est arrivé depuis le { $since } (UTC) : { $held } clés. « cleotp cle lister --held » les montre. Ensuite : cleotp restaurer --confirm-since DATE
restore-confirmed = { $keys ->
        [one] Une clé n'est plus retenue.
       *[other] { $keys } clés ne sont plus retenues.
    }
audit-broken = Événements lus : { $events }. La chaîne est rompue à l'événement { $first } : il a été modifié, ou un autre a été retiré avant lui.
audit-cut = Événements lus : { $events }. Les derniers ont été coupés : les derniers changements de la base n'ont pas le leur.
audit-broken-next = Gardez une copie de la base telle qu'elle est, cherchez qui a pu y écrire, et remettez une sauvegarde.
audit-truncation = Sans point de contrôle conservé ailleurs, on ne peut exclure que des événements postérieurs au n° { $last } aient été coupés, ou qu'une base plus ancienne ait été remise.
audit-purged-before = Les événements jusqu'au n° { $purged } ont été supprimés au terme de leur conservation ; ce qu'il en reste est scellé.
audit-checkpoint-met = Le point de contrôle de l'événement { $seq } est respecté : rien ne manque jusque-là. Qu'il n'y ait rien eu après l'événement { $last } ne peut pas être affirmé.
audit-checkpoint-missed = La base n'a pas l'événement { $seq } tel que le connaît le point de contrôle du { $at } (UTC) : des événements ont été coupés ou modifiés, ou une base plus ancienne a été remise.
audit-restored = Une sauvegarde a été remise en place, et le journal d'audit le dit : les événements { $first } à { $last }, qu'un point de contrôle connaît, sont perdus.
checkpoint-written = Le point de contrôle de l'événement { $seq } est dans { $path }. Gardez-le sur une autre machine.
checkpoint-not-noted = le journal du système n'a pas reçu la ligne ({ $reason })
standard-input = l'entrée standard
reason-no-journal = rien n'écoute sur /dev/log
audit-exported = { $events ->
        [0] Aucun événement écrit
        [one] Un événement écrit
       *[other] { $events } événements écrits
    } dans { $path }.
audit-purge-takes-time = Suppression de { $events } événements : cela prend un moment. Si elle est interrompue, la chaîne reste entière et la prochaine purge continue.
audit-purged = { $events ->
        [one] Un événement antérieur au { $day } (UTC) est supprimé.
       *[other] { $events } événements antérieurs au { $day } (UTC) sont supprimés.
    } La chaîne se vérifie comme avant.
audit-nothing-to-purge = Aucun événement n'est antérieur au { $day } (UTC) : rien n'a été supprimé.
hint-checkpoint-after-purge = prenez maintenant un point de contrôle, et gardez-le ailleurs : « cleotp audit point-de-controle »

key-display = { $digits } chiffres, renouvelés toutes les { $period } secondes
key-display-button = { $digits } chiffres à chaque appui sur le bouton
key-batch-line = { $batch }, ligne { $line }
key-batch-line-file = { $batch }, ligne { $line } de { $file }
key-state-since = { $state }, depuis le { $since }
key-place-lost = on ne sait pas où : déclarée perdue
key-place-retired = au rebut
key-place-holder = entre les mains de { $login }
key-place-holder-of = entre les mains de { $login } ({ $place })
key-place-stock = en stock à { $place }
key-holder-since-long = { $login } (depuis avant le début du journal)
key-holder-until = { $login } (jusqu'au { $until })
key-holder-since = { $login }, depuis le { $from }
key-holder-from-to = { $login }, du { $from } au { $until }
key-holders-more = { $count ->
        [one] et un autre avant
       *[other] et { $count } autres avant
    }
key-replaces = remplace la clé { $serial } depuis le { $since }, jusqu'à sa première vérification
key-replaces-with-pin = remplace la clé { $serial } depuis le { $since }, dont elle garde le code PIN
key-is-replaced = sera remplacée par la clé { $serial }, attribuée le { $since }
key-is-replaced-with-pin = sera remplacée par la clé { $serial }, attribuée le { $since }, avec le même code PIN
key-valid-from = à partir du { $first }
key-valid-until = jusqu'au { $last }
key-valid-from-until = du { $first } au { $last }
key-ends-validity = le { $at } : fin de validité de la clé
key-ends-activation-code = le { $at } : fin du code d'activation
key-ends-provisional-pin = le { $at } : fin du code PIN, s'il n'est pas confirmé
key-ends-new-pin = le { $at } : dernier délai pour créer le code PIN
key-ends-emergency = le { $at } : fin des codes de secours
key-shipped-at = { $place }, envoyée le { $at }
key-pin-awaited = aucun ; peut être créé jusqu'au { $until }
key-pin-too-late = aucun ; il était à créer avant le { $until } : à réinitialiser
key-pin-provisional = à confirmer par une vérification avant le { $until }
drift-none = à l'heure
drift-ahead-seconds = en avance de { $seconds } s
drift-ahead-minutes = en avance de { $minutes } min { $seconds } s
drift-behind-seconds = en retard de { $seconds } s
drift-behind-minutes = en retard de { $minutes } min { $seconds } s
clock-and = { $goes } ; { $then }
clock-keeps = garde l'heure
clock-gains = avance de { $seconds } s par jour
clock-loses = retarde de { $seconds } s par jour
clock-leaves = si elle ne sert pas, sortira de la tolérance vers { $month } { $year }
clock-left = hors tolérance : un second code sera demandé
clock-needs-resync = vers { $month } { $year }, si elle ne sert pas
clock-needs-resync-now = maintenant
clock-needs-no-resync = pas avant dix ans
report-drift-note = ces dates valent pour une clé qui ne sert pas d'ici là ; à chaque connexion, la dérive est de nouveau apprise
report-expiry-without = { $keys ->
    [one] pour une clé, l'établissement de l'utilisateur n'a plus en stock de clé valable au-delà de la date
   *[other] pour { $keys } clés, l'établissement de l'utilisateur n'a plus en stock de clé valable au-delà de la date
    }
report-expiry-left-out = { $keys ->
    [one] une clé est laissée de côté, car aucune autre ne peut encore la remplacer : elle n'est pas activée, ou son utilisateur est désactivé
   *[other] { $keys } clés sont laissées de côté, car aucune autre ne peut encore les remplacer : elles ne sont pas activées, ou leur utilisateur est désactivé
    }
label-lock = Bloquée
label-before-loss = Avant la perte
label-held = Retenue
key-held-since = depuis le { $since } (UTC), après une restauration : elle n'accepte aucun code avant la confirmation d'un administrateur
label-holder = Détenteurs
label-place = Où elle est
label-replacement = Remplacement
label-validity = Validité
label-next-ending = Prochaine échéance
label-display = Affichage
label-activated-at = Activée le
label-failures = Échecs de suite
label-wrong-codes = Codes faux en 30 jours
label-waits-until = Attente jusqu'au
label-clock = Marche de l'horloge
label-needs-resync = À resynchroniser
label-key = Clé
label-emergency = Codes de secours
lock-wrong-pins = oui, trop de codes PIN faux
lock-wrong-codes = oui, trop de codes faux
lock-both-wrong = oui, trop d'essais où code PIN et code étaient faux
lockout-wrong-pins = bloquée : codes PIN faux
lockout-wrong-codes = bloquée : codes faux
lockout-both-wrong = bloquée : trop d'essais
lockout-waiting = attente
algorithm-totp-sha1 = par l'heure (TOTP, SHA-1)
algorithm-totp-sha256 = par l'heure (TOTP, SHA-256)
algorithm-totp-sha512 = par l'heure (TOTP, SHA-512)
algorithm-hotp-sha1 = par un bouton (HOTP, SHA-1)
algorithm-hotp-sha256 = par un bouton (HOTP, SHA-256)
algorithm-hotp-sha512 = par un bouton (HOTP, SHA-512)
algorithm-securid = par l'heure (RSA SecurID)

activation-state-live = en attente
activation-state-spent = utilisé
activation-state-replaced = remplacé
activation-state-revoked = révoqué
activation-state-killed = annulé après trop d'échecs
activation-state-expired = expiré
missing-code-outstanding = code à utiliser
missing-code-expired = code expiré
missing-no-code = aucun code émis
missing-never-used = premier passcode
emergency-state-live = valable
emergency-state-used-up = épuisée
emergency-state-expired = expirée
emergency-state-replaced = remplacée
emergency-state-revoked = révoquée
emergency-live = { $left ->
        [0] plus aucun code
        [one] un code
       *[other] { $left } codes
    }, jusqu'au { $until }
emergency-live-for = { $left ->
        [0] plus aucun code
        [one] un code
       *[other] { $left } codes
    } à la place de la clé { $serial }, jusqu'au { $until }
column-issued-at = Émis le
column-imported-at = Importé le
column-result = Résultat

action-init = base créée
action-import = import
action-batch-undo = annulation de lot
action-batch-verify = essai d'une clé de lot
action-establishment-add = établ. ajouté
action-establishment-rename = établ. renommé
action-user-add = compte ajouté
action-user-disable = désactivation
action-user-enable = réactivation
action-user-move = changement d'établissement
action-user-remove = compte supprimé
action-user-erase = nom effacé
action-user-export = données personnelles remises
action-key-reseed = graine remplacée
action-key-assign = clé attribuée
action-key-replace = clé remplacée
action-key-unassign = clé reprise
action-key-return = clé rendue
action-key-ship = clé envoyée
action-key-receive = clé arrivée
action-key-suspend = clé suspendue
action-key-resume = clé remise en service
action-key-lost = clé perdue
action-key-found = clé retrouvée
action-key-restore = clé perdue rétablie
action-key-retire = clé au rebut
action-key-unlock = clé débloquée
action-key-lock = clé bloquée
action-key-resync = recalage
action-key-diagnose = diagnostic de clé
action-activation-new = code émis
action-activation-import = code repris
action-activation-campaign = campagne de codes
action-activation-revoke = code révoqué
action-emergency-new = liste de secours émise
action-emergency-revoke = liste de secours révoquée
action-activate = activation
action-check = vérification
action-pin-set = choix du PIN
action-pin-reset = PIN effacé
action-operator-add = rôle donné
action-backup = sauvegarde
action-restore = restauration
action-restore-confirm = restauration confirmée
action-vault-rotate = clé du coffre changée
action-host-clock = horloge du serveur
action-operator-remove = rôle retiré
action-audit-purge = événements anciens supprimés
action-denial = non permis
outcome-done = fait
outcome-accepted = accepté
outcome-challenged = à suivre
outcome-refused = refusé
outcome-alarm = alerte

list-taken = Ajouts : { $added } ; déjà présents et identiques : { $identical }.
list-would-be-taken = Rien n'a été changé. À ajouter : { $added } ; déjà présents et identiques : { $identical }.
codes-taken = Codes repris : { $added } ; déjà connus : { $identical }.
codes-would-be-taken = Rien n'a été changé. Codes à reprendre : { $added } ; déjà connus : { $identical }.
list-column-ignored = la colonne « { $name } » n'est pas lue
none-rows = Aucune ligne.
result-added = ajouté
result-identical = identique
would-be-added = à ajouter
key-result-added = attribuée
key-plan-added = à attribuer
code-result-added = repris
code-plan-added = à reprendre
place-line = ligne { $line } :
place-line-and-column = ligne { $line }, colonne « { $column } » :
list-from-stdin = lue sur l'entrée standard
list-more = { $count } autres problèmes ne sont pas affichés
list-too-many-columns = il y a { $found } colonnes ; une liste en a { $allowed } au plus
list-no-rows = la liste n'a aucune ligne sous ses en-têtes
list-column-missing = cette colonne manque dans les en-têtes
list-column-twice = cette colonne est deux fois dans les en-têtes
list-surplus-cells = il y a plus de cellules que de colonnes
list-empty-cell = la cellule est vide
list-invalid-login = « { $value } » n'est pas un identifiant
list-problem-and-hint = { $problem } ; { $hint }
list-invalid-serial = « { $value } » n'est pas un numéro de série
list-invalid-code = ce n'est pas un code d'activation : 8 lettres ou chiffres
list-invalid-date = « { $value } » n'est pas une date ; écrivez 2026-11-24 ou 24/11/2026
list-invalid-name = « { $value } » n'est pas un nom de 1 à 200 caractères
list-invalid-uai = « { $value } » n'est pas un UAI : sept chiffres et une lettre
list-wrong-uai-letter = « { $value } » est mal saisi : ces chiffres demandent la lettre { $right }
list-twice = { $what } est déjà à la ligne { $first }
list-differs = { $what } existe déjà, mais avec d'autres renseignements
list-unknown-establishment = il n'y a pas d'établissement { $uai }

## Le diagnostic

doctor-home = Dossier { $path } ({ $origin })
home-from-option = donné par --home
home-from-variable = donné par CLEOTP_HOME
home-from-system = celui du système
home-from-user = celui de votre compte
check-home = dossier
check-files = fichiers
check-disk = disque
check-configuration = configuration
check-spool = dossier de dépôt
check-clock = horloge
check-machine = cette machine
check-logins = serveurs de connexion
check-sudo = règle de sudo
check-database = base
check-integrity = intégrité de la base
check-references = liens entre les tables
check-vault = clé du coffre
check-seeds = graines des clés
check-seals = détenteurs et rôles
check-audit = journal d'audit
check-upkeep = sauvegardes
check-waiting = ce qui attend
doctor-checks-fine = En ordre : { $names }.
doctor-checks-skipped = Non examiné : { $names }.
doctor-count = { $message } : { $hint }
finding-severity-error = erreur :
finding-severity-warning = avertissement :
finding-severity-notice = remarque :
doctor-fine = Tout est en ordre.
doctor-found = À réparer : { $errors ->
        [0] aucune erreur
        [one] une erreur
       *[other] { $errors } erreurs
    }, { $warnings ->
        [0] aucun avertissement
        [one] un avertissement
       *[other] { $warnings } avertissements
    }.
error-home-of-another-account = { $path } appartient au compte { $owner }, et cleotp tourne sous le compte { $own }
error-home-of-another-account-hint = lancez les commandes sous ce compte, comme « sudo -u { $account } cleotp diagnostic »
error-home-of-root = { $path } appartient à root et non à un compte de service : les fichiers des fournisseurs y seraient lus avec tous les droits de la machine
error-home-of-root-hint = en tant que root : chown -R -- { $account }: { $quoted }
hint-home-of-root-without-account = en tant que root : useradd --system --home-dir { $quoted } --shell /usr/sbin/nologin { $account } && chown -R -- { $account }: { $quoted }
error-no-service-account = il n'y a pas de compte { $account } à qui { $path } puisse appartenir, et cleotp n'y travaille pas en tant que root
error-no-service-account-hint = en tant que root : useradd --system --home-dir { $quoted } --shell /usr/sbin/nologin { $account } && install -d -m 0700 -o { $account } -g { $account } -- { $quoted }
error-home-of-unknown-account = { $path } appartient à l'uid { $uid }, qui n'est celui d'aucun compte de cette machine : cleotp ne peut pas devenir ce compte, et n'y travaille pas en tant que root
error-home-of-unknown-account-hint = si le service qui connaît les comptes est arrêté, attendez son retour ; sinon, en tant que root : chown -R -- { $account }: { $quoted }
error-cannot-become-account = cleotp ne travaille pas en tant que root dans { $path }, et ne peut pas devenir { $owner }, à qui est ce dossier : { $reason }
error-cannot-become-account-hint = lancez-le sous ce compte : « sudo -u { $owner } cleotp », puis la commande
error-home-file-kind = { $path } n'est pas un fichier ordinaire
error-home-file-kind-hint = déplacez ce qui porte ce nom, et remettez le fichier à sa place
error-log-file-kind = { $path } n'est pas un fichier ordinaire : cleotp, qui crée un fichier de ce nom, ne peut pas ouvrir la base
error-log-file-kind-hint = déplacez-le ; il n'y a rien à remettre à sa place
error-journal-left = un autre programme a modifié la base sans aller au bout ; il a laissé son journal : { $path }
error-journal-left-hint = ne le supprimez pas : gardez une copie du dossier, puis lancez « cleotp audit verifier », qui annule cette modification inachevée
error-filesystem-layered = { $path } est dans la couche d'un conteneur (overlay), qui peut disparaître avec lui
error-filesystem-layered-hint = si c'est un conteneur, mettez ce dossier sur un volume
error-filesystem-volatile = { $path } est en mémoire (tmpfs) : tout y disparaît au redémarrage
error-filesystem-volatile-hint = mettez le dossier de la base sur un disque
error-filesystem-read-only = { $path } est sur un disque en lecture seule : aucun code ne peut être accepté
error-filesystem-read-only-hint = cherchez-en la raison avec « dmesg », puis : mount -o remount,rw "$(findmnt -n -o TARGET -T { $quoted })"
error-disk-low = il ne reste que { $mebibytes } Mio sur le disque de { $path }
error-disk-low-hint = faites de la place : sur un disque plein, aucun code n'est accepté
error-inodes-low = il ne peut plus être créé que { $count } fichiers sur le disque de { $path }, quelle que soit la place
error-inodes-low-hint = regardez avec « df -i -- { $quoted } », et supprimez ce qui est petit et nombreux : sans fichier pour son journal, la base n'accepte aucun code
error-log-large = le journal d'écriture { $path } atteint { $mebibytes } Mio : il n'a pas été versé dans la base depuis longtemps{ $holders ->
        [none] {""}
       *[other] {" "}; la base est lue par { $holders }
    }
error-log-large-hint = si « fuser -v -- { $quoted } » montre une commande qui le retient, attendez sa fin ou arrêtez-la ; la commande suivante le videra
error-clock-behind = l'horloge retarde de { $span } sur la dernière écriture de la base ({ $newest } UTC)
error-clock-behind-hint = mettez-la à l'heure (« timedatectl set-ntp true ») ; si elle est juste, c'est qu'elle avançait alors : des codes justes seront refusés jusqu'à ce moment-là
error-clock-absurd = l'horloge indique { $now } (UTC), ce qui n'est pas possible : aucun code ne sera juste
error-clock-absurd-hint = mettez-la à l'heure : « timedatectl set-ntp true »
error-clock-wrong = l'horloge de ce serveur { $side ->
        [behind] retarde
       *[ahead] avance
    } d'environ { $minutes } min sur celles des clés, depuis le { $since } (UTC)
error-clock-wrong-hint = mettez-la à l'heure (« timedatectl set-ntp true ») ; jusque-là, rien n'est appris des horloges des clés, et aucune n'est resynchronisée
error-clock-unattended = rien de visible ne met à l'heure l'horloge de cette machine (systemd-timesyncd, chrony, ntpd)
error-clock-unattended-hint = si l'hôte de cette machine s'en charge, tout va bien ; sinon : timedatectl set-ntp true
error-clock-not-synchronised = aucun serveur de temps n'a mis l'horloge à l'heure depuis le démarrage de la machine
error-clock-not-synchronised-hint = cherchez pourquoi avec « timedatectl timesync-status » : une horloge décalée de quelques minutes refuse des codes justes
error-clock-left-alone = un serveur de temps a mis l'horloge à l'heure pour la dernière fois le { $since } (UTC)
error-clock-left-alone-hint = cherchez pourquoi avec « timedatectl timesync-status » : une horloge décalée de quelques minutes refuse des codes justes
error-everybody-failed = { $count } utilisateurs ont échoué en cinq minutes sans que personne n'entre, la dernière fois le { $since } (UTC)
error-everybody-failed-hint = comparez l'horloge de ce serveur à une autre ; si elle est juste, regardez qui demande : « cleotp audit lister --outcome refused --limit 100 »
error-backup-never = aucune sauvegarde n'a encore été faite par « cleotp sauvegarder »
error-backup-never-hint = faites-en une chaque nuit, et sortez-la de cette machine ; une simple copie des fichiers peut être incohérente
error-backup-old = la dernière sauvegarde date du { $since } (UTC)
error-backup-old-hint = faites-en une avec « cleotp sauvegarder », et cherchez pourquoi celle de la nuit n'est pas venue
error-waiting-locked-keys = { $count ->
        [one] une clé est bloquée
       *[other] { $count } clés sont bloquées
    }
error-waiting-locked-keys-hint = « cleotp rapport blocages »
error-waiting-ended-keys = { $count ->
        [one] une clé remise à quelqu'un est arrivée à échéance
       *[other] { $count } clés remises à quelqu'un sont arrivées à échéance
    }
error-waiting-ended-keys-hint = « cleotp rapport echeances »
error-waiting-lapsed-pins = { $count ->
        [one] une clé active ne répond plus : son code PIN n'a pas été choisi à temps
       *[other] { $count } clés actives ne répondent plus : leur code PIN n'a pas été choisi à temps
    }
error-waiting-lapsed-pins-hint = « cleotp cle lister --state active », puis « cleotp code-pin reinitialiser »
error-waiting-provisional-pins = { $count ->
        [one] un nouveau code PIN attend de servir une première fois
       *[other] { $count } nouveaux codes PIN attendent de servir une première fois
    }
error-waiting-provisional-pins-hint = « cleotp cle lister --state active »
error-waiting-expired-codes = { $count ->
        [one] un code d'activation a expiré sans avoir servi
       *[other] { $count } codes d'activation ont expiré sans avoir servi
    }
error-waiting-expired-codes-hint = « cleotp rapport activation »
error-waiting-unused-keys = { $count ->
        [one] une clé remise il y a plus de 30 jours n'a jamais servi
       *[other] { $count } clés remises il y a plus de 30 jours n'ont jamais servi
    }
error-waiting-unused-keys-hint = « cleotp rapport activation »
error-waiting-travelling-keys = { $count ->
        [one] une clé envoyée il y a plus de 14 jours n'a pas été reçue
       *[other] { $count } clés envoyées il y a plus de 14 jours n'ont pas été reçues
    }
error-waiting-travelling-keys-hint = « cleotp cle lister --en-route »
error-waiting-open-replacements = { $count ->
        [one] un remplacement est en cours depuis plus de 30 jours
       *[other] { $count } remplacements sont en cours depuis plus de 30 jours
    }
error-waiting-open-replacements-hint = « cleotp audit lister --action key-replace »
error-waiting-needless-lists = { $count ->
        [one] une liste de secours est encore valable alors que son détenteur se sert de sa clé
       *[other] { $count } listes de secours sont encore valables alors que leurs détenteurs se servent de leur clé
    }
error-waiting-needless-lists-hint = « cleotp secours lister »
error-swap-in-clear = la mémoire peut être écrite dans { $swaps }, qui ne paraît pas chiffré
error-swap-in-clear-hint = chiffrez l'espace d'échange (crypttab(5)), ou passez-vous-en : « swapoff -a »
error-core-dumps = en cas de panne, le noyau écrirait la mémoire de cleotp dans un fichier ({ $pattern })
error-core-dumps-hint = lancez-le sans relever la limite des fichiers core : « ulimit -c 0 »
error-ptrace-open = tout programme du compte de service peut regarder dans les autres (kernel.yama.ptrace_scope vaut 0) ; cleotp s'en protège, gpg non
error-ptrace-open-hint = en tant que root : sysctl -w kernel.yama.ptrace_scope=1
error-machine-unseen = le compte { $account } n'a pas le droit de lire tout ce qui est examiné : { $paths }
error-machine-unseen-hint = regardez-y en tant que root : la règle de sudo avec « visudo -c », les caches des serveurs de connexion avec « grep -rn cache_credentials /etc/sssd »
error-login-cache-radius = FreeRADIUS a son cache en service ({ $path }) : il accepterait un code une seconde fois sans rien demander à cleotp
error-login-cache-radius-hint = enlevez-le de mods-enabled, sauf si ce qu'il garde n'est jamais la réponse à un passcode
error-login-cache-sssd = SSSD garde les mots de passe justes ({ $path }) : il accepterait un code une seconde fois sans rien demander à cleotp
error-login-cache-sssd-hint = écrivez « cache_credentials = false » pour le domaine dont les utilisateurs ont une clé
error-login-cache-pam = PAM garde les mots de passe justes ({ $path }) : il accepterait un code une seconde fois sans rien demander à cleotp
error-login-cache-pam-hint = enlevez pam_ccreds, ou cached_login, de ce service
error-radius-without-proof = FreeRADIUS interroge cleotp et accepte des messages sans Message-Authenticator ({ $path }) : une réponse peut être falsifiée en chemin (BlastRADIUS, CVE-2024-3596)
error-radius-without-proof-hint = écrivez « require_message_authenticator = yes » pour chaque client
error-sudo-without-rule = il y a des délégués, et aucune règle de sudo sur cette machine ne nomme cleotp : ils ne peuvent pas entrer
error-sudo-without-rule-hint = en tant que root : install -m 0440 packaging/sudoers /etc/sudoers.d/cleotp
error-sudo-rule-owner = la règle de sudo { $path } appartient à l'uid { $owner } et non à root
error-sudo-rule-owner-hint = en tant que root : chown root:root -- { $quoted }
error-sudo-rule-writable = d'autres peuvent modifier la règle de sudo { $path } (mode { $mode })
error-sudo-rule-writable-hint = en tant que root : chmod 0440 -- { $quoted }
error-sudo-keeps-variables = les règles de sudo de { $path } laissent passer des variables de l'appelant : il pourrait choisir ce que cleotp ouvre
error-sudo-keeps-variables-hint = enlevez SETENV, setenv, env_keep et !env_reset de ce qui concerne cleotp : « visudo -f { $quoted } »
error-sudo-opens-all = une règle de sudo de { $path } laisse les délégués lancer tout programme sous le compte de service, et lire toutes les graines
error-sudo-opens-all-hint = n'y nommez que /usr/bin/cleotp : « visudo -f { $quoted } »
error-sudo-program-missing = la règle de sudo nomme { $path }, qui n'existe pas
error-sudo-program-missing-hint = corrigez le chemin dans la règle : « visudo -f /etc/sudoers.d/cleotp »
error-sudo-program-writable = d'autres que root peuvent modifier le programme { $path }, que les délégués lancent sous le compte de service
error-sudo-program-writable-hint = en tant que root : chown root:root -- { $quoted } && chmod 0755 -- { $quoted }
error-left-before-restore = il reste une base d'avant une restauration : { $path } ; elle contient des noms de personnes
error-left-before-restore-hint = quand elle ne sert plus : rm -- { $quoted }
error-left-unfinished = une commande interrompue a laissé un fichier à moitié écrit : { $path }
error-left-unfinished-hint = pour l'enlever : rm -- { $quoted }
error-database-locked = un autre processus verrouille la base { $path } : aucun code ne peut être accepté
error-database-locked-hint = regardez lequel avec « fuser -v -- { $quoted } », puis attendez qu'il finisse ou arrêtez-le
error-names-not-erased = des noms d'utilisateurs partis auraient dû être effacés le { $since } (UTC), et sont encore dans les fichiers de la base { $path }
error-names-not-erased-hint = un processus lit la base sans fin, ou le disque est plein : regardez lequel avec « fuser -v -- { $quoted } », et arrêtez-le ; la prochaine commande qui change quelque chose effacera ces noms
error-keys-held = { $count ->
        [one] une clé revenue avec une sauvegarde est retenue
       *[other] { $count } clés revenues avec une sauvegarde sont retenues
    } depuis le { $since } (UTC) : aucun code n'est accepté
error-keys-held-hint = « cleotp cle lister --held » les montre ; examinez ce qui leur est arrivé depuis cet instant, puis « cleotp restaurer --confirm-since DATE »
error-database-older = la base vient d'une version plus ancienne de cleotp (schéma { $found }, à présent { $known })
error-database-older-hint = la prochaine commande la mettra à jour ; gardez d'abord une copie du dossier
error-database-schema = le schéma de la base a été modifié sans cleotp{ $missing ->
        [none] {""}
       *[other] {" "}; il manque : { $missing }
    }{ $changed ->
        [none] {""}
       *[other] {" "}; modifiés : { $changed }
    }{ $added ->
        [none] {""}
       *[other] {" "}; ajoutés : { $added }
    }
error-database-schema-hint = gardez une copie de la base, cherchez qui a pu y écrire, puis remettez en place votre dernière sauvegarde
error-operators-without-admin = aucun opérateur de la base n'est plus administrateur
error-operators-without-admin-hint = la base a été modifiée sans cleotp : gardez-en une copie, puis remettez en place votre dernière sauvegarde
error-database-journal = la base n'écrit pas par journal anticipé (WAL), mais en mode { $mode } : un autre programme l'a modifiée
error-database-journal-hint = lancez « cleotp audit verifier », qui rétablit ce mode
error-database-faults = SQLite trouve la base endommagée ({ $count ->
        [one] un défaut
       *[other] { $count } défauts
    }) ; d'abord : { $first }
error-database-faults-hint = gardez une copie du dossier tel qu'il est, vérifiez le disque, puis remettez en place votre dernière sauvegarde
error-database-dangling = { $rows ->
        [one] une ligne de la table { $table } renvoie
       *[other] { $rows } lignes de la table { $table } renvoient
    } à une ligne absente de la table { $parent }
error-database-dangling-hint = la base a été modifiée sans cleotp : gardez-en une copie, puis remettez en place votre dernière sauvegarde
error-seeds-closed = { $count ->
        [one] la graine d'une clé ne s'ouvre pas
       *[other] les graines de { $count } clés ne s'ouvrent pas
    } avec la clé du coffre ; d'abord celle de { $serial }
error-seeds-closed-hint = la base a été modifiée sans cleotp : gardez-en une copie, puis remettez en place votre dernière sauvegarde
error-holders-not-vouched = { $count ->
        [one] le détenteur d'une clé a été changé dans la base sans cleotp, ou le délai pour choisir son code PIN
       *[other] les détenteurs de { $count } clés ont été changés dans la base sans cleotp, ou les délais pour choisir leurs codes PIN
    } ; d'abord { $serial }
error-holders-not-vouched-hint = ces clés n'ouvrent plus rien : gardez une copie de la base, puis remettez en place votre dernière sauvegarde
error-logins-edited = { $count ->
        [one] un identifiant a été changé dans la base sans cleotp
       *[other] { $count } identifiants ont été changés dans la base sans cleotp
    } ; d'abord { $login }
error-logins-edited-hint = un tel utilisateur n'entre plus : gardez une copie de la base, puis remettez en place votre dernière sauvegarde
error-mandates-not-vouched = { $count ->
        [one] un rôle a été changé dans la base sans cleotp
       *[other] { $count } rôles ont été changés dans la base sans cleotp
    } ; d'abord celui du compte { $account }
error-mandates-not-vouched-hint = un tel compte ne peut plus rien faire : gardez une copie de la base, puis remettez en place votre dernière sauvegarde, ou mettez fin au rôle par « cleotp operateur supprimer »
error-append-to-what = --append attend un fichier
error-append-to-what-hint = nommez le fichier : « cleotp audit point-de-controle --append FICHIER »
error-checkpoint-empty = { $path } ne contient aucun point de contrôle
error-checkpoint-empty-hint = donnez un fichier écrit par « cleotp audit point-de-controle »
error-checkpoint-damaged = { $path }, ligne { $line } : le point de contrôle est abîmé
error-checkpoint-damaged-hint = rien n'a été vérifié ; prenez une autre copie du fichier, ou ôtez cette ligne si la machine s'est arrêtée pendant qu'elle était écrite
error-checkpoint-newer = { $path }, ligne { $line } : le point de contrôle est de la version { $version }, que ce programme ne connaît pas
error-checkpoint-newer-hint = utilisez la version plus récente de cleotp qui l'a écrit
error-checkpoint-other-document = { $path }, ligne { $line } : ce n'est pas un point de contrôle
error-checkpoint-other-document-hint = donnez un fichier écrit par « cleotp audit point-de-controle »
error-checkpoint-of-another = { $path } : le point de contrôle n° { $number } est celui d'une autre base
error-checkpoint-of-another-hint = choisissez le dossier de cette base par --home, ou un point de contrôle de celle-ci
error-checkpoint-forged = { $path } : le point de contrôle n° { $number } a été modifié, ou n'a pas été fait avec le coffre de cette base
error-checkpoint-forged-hint = rien n'a été vérifié ; prenez une autre copie du point de contrôle, et cherchez qui a pu écrire dans celle-ci
error-audit-still-kept = les événements à partir du { $until } (UTC) doivent encore être gardés
error-audit-still-kept-hint = choisissez une date antérieure ; la durée de conservation est celle de audit-kept dans la configuration, jamais moins de six mois
error-audit-not-intact = le journal d'audit est rompu ou coupé : rien n'en est supprimé
error-audit-not-intact-hint = lancez « cleotp audit verifier », et gardez une copie de la base telle qu'elle est
error-clock-behind-audit = l'horloge de ce serveur est en retard sur le dernier événement, écrit le { $newest } (UTC) : rien n'est supprimé
error-clock-behind-audit-hint = mettez-la à l'heure (« timedatectl set-ntp true »), puis relancez la commande
error-clock-not-shown = rien dans le journal d'audit ne montre que l'horloge de ce serveur n'a pas fait un bond en avant : rien n'est supprimé
error-clock-not-shown-hint = voyez si la date est juste ; si elle l'est, relancez la commande après un jour où cleotp aura servi
error-audit-cut = les derniers événements du journal d'audit manquent : les derniers changements de la base n'ont pas le leur (événements lus : { $events })
error-audit-cut-hint = gardez une copie de la base telle qu'elle est, cherchez qui a pu y écrire, et remettez en place une sauvegarde
error-audit-broken = la chaîne du journal d'audit est rompue à l'événement { $first } sur { $events } : il a été modifié, ou un autre avant lui a été supprimé
error-audit-broken-hint = gardez une copie de la base telle qu'elle est, cherchez qui a pu y écrire, et remettez en place une sauvegarde

## Le manuel

manual-title = Manuel de cleotp
manual-command = { $about } : { $page }
manual-in-french = En français : { $words }.
manual-is-source = voilà la source de la page ; pour la lire : { $command }
completions-are-source = voilà le script ; pour que cet interpréteur le prenne : { $command }
manual-written = Le manuel est dans { $path } : { $pages } pages.
error-path-through-sudo = par sudo, cleotp n'ouvre aucun fichier ni aucun dossier de votre choix
error-path-through-sudo-hint = nommez la liste « - » et faites-la entrer par « - < liste.csv » ; prenez la réponse par « > reponse.csv », sans --output
hint-own-account = lancez cette commande sous votre propre compte, sans sudo : elle n'a besoin d'aucune base
error-home-through-sudo = par sudo, vous ne choisissez pas le dossier de la base
error-home-through-sudo-hint = enlevez --home et CLEOTP_HOME : la base est celle du compte de service
error-not-an-operator = le compte { $account } n'est pas opérateur de cette base
error-not-an-operator-hint = un administrateur peut lui donner un rôle : « cleotp operateur ajouter { $account } --role RÔLE »
error-not-permitted = cette commande n'est pas de votre ressort : { $account } est { $role }
hint-holder-does-it = c'est au détenteur de la clé de le faire, sur le portail ou au poste où il se connecte
error-not-permitted-hint = demandez-la à un administrateur ; « man cleotp-operator » dit ce que permet chaque rôle
