## Les lignes qui encadrent ce qui est dit

hint-line = conseil :
warning-line = attention :
prompt-yes-no = [o/N]
yes = oui
no = non

## Aide : les mots de la page

help-word-usage = Utilisation :
help-word-arguments = Arguments{" "}
help-word-options = Options{" "}
help-word-global-options = Options générales{" "}
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
value-login-or-serial = IDENTIFIANT|NUMÉRO
value-state = ÉTAT
value-id = ID
value-date = DATE
value-account = COMPTE
value-action = ACTION
value-outcome = RÉSULTAT
value-number = NOMBRE
value-address = ADRESSE

## Aide : les commandes

help-cleotp = Administrer un parc de clés OTP
help-cleotp-more = Un secret n'est jamais la valeur d'une option : il est demandé au terminal, ou lu sur l'entrée standard, un par ligne.
    Les mots anglais des commandes sont toujours acceptés ; les accents sont facultatifs.
help-cleotp--version = Afficher la version
help-init = Créer la base, la clé du coffre et la configuration
help-demo = Dérouler tout le guide sur des clés d'exemple, dans un dossier d'essai
help-demo--folder = Dossier de la démonstration. Défaut : un dossier temporaire
help-import = Importer les fichiers de graines d'un fabricant
help-import-more = Tout ou rien par fichier : à la première erreur, rien du fichier n'est enregistré et le code de sortie est 65.
help-import--files = Fichiers du fabricant ; « - » est l'entrée standard
help-import--format = Lire selon ce format. Défaut : reconnu d'après le contenu
help-import--psk-file = Fichier de la clé partagée, lisible par son seul propriétaire. Défaut : elle est demandée
help-import--establishment = Établissement qui reçoit les clés. Défaut : le stock de l'académie
help-import--allow-weak-seeds = Accepter les graines courtes, publiées ou répétées. Défaut : elles sont refusées
help-batch = Gérer les lots importés
help-batch-list = Lister ce qui est entré, et de quels fichiers
help-batch-show = Montrer un lot
help-batch-show--id = Numéro du lot
help-establishment = Gérer les établissements
help-establishment-add = Ajouter un établissement
help-establishment-add--name = Nom de l'établissement
help-establishment-list = Lister les établissements
help-establishment-show = Montrer un établissement
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
help-key = Gérer les clés
help-key-list = Lister les clés
help-key-list--state = Seulement celles dans cet état : stock, assigned, active, suspended, lost ou retired. Défaut : toutes
help-key-list--establishment = Seulement celles de cet établissement. Défaut : toutes
help-key-list--login = Seulement celles de cet utilisateur. Défaut : toutes
help-key-list--batch = Seulement celles de ce lot. Défaut : toutes
help-key-show = Montrer des clés
help-key-assign = Attribuer une clé du stock à un utilisateur
help-key-unassign = Remettre des clés en stock
help-key-unlock = Débloquer des clés après trop d'échecs
help-key-resync = Resynchroniser une clé dont l'horloge a dérivé
help-key-resync-more = Sur l'entrée standard hors terminal : deux codes consécutifs (trois avec --three), un par ligne.
help-key-resync--subject = Numéro de série de la clé, ou identifiant de son détenteur
help-key-resync--three = Demander trois codes et chercher plus loin. Défaut : deux codes
help-activation = Gérer les codes d'activation
help-activation-new = Émettre un code d'activation, montré une seule fois
help-activation-new--serial = Lier le code à cette clé. Défaut : la clé attribuée à l'utilisateur
help-activation-new--output = Écrire le code dans un nouveau fichier lisible par son seul propriétaire. Défaut : l'afficher
help-activation-list = Lister les codes d'activation en attente
help-activation-list--login = Seulement ceux de cet utilisateur. Défaut : tous
help-activation-revoke = Révoquer le code d'activation d'un utilisateur
help-activate = Activer une clé avec son code d'activation
help-activate-more = Sur l'entrée standard hors terminal : le code d'activation.
help-pin = Gérer les codes PIN
help-pin-set = Créer le code PIN d'une clé
help-pin-set-more = Sur l'entrée standard hors terminal : avec --ticket le ticket, puis deux fois le code PIN, un par ligne.
help-pin-set--ticket = Lire le ticket de la vérification en première ligne. Défaut : étapes demandées au terminal
help-pin-reset = Effacer des codes PIN : leurs détenteurs en créent de nouveaux
help-check = Vérifier un passcode
help-check-more = Sur l'entrée standard hors terminal : avec --ticket le ticket, puis le passcode, un par ligne.
help-check--ticket = Lire le ticket de la vérification précédente en première ligne. Défaut : pas de ticket
help-check--source = Adresse de l'appelant, par laquelle les échecs sont ralentis. Défaut : aucune
help-audit = Gérer le journal d'audit
help-audit-list = Lister les événements
help-audit-list--since = À partir de cette date (UTC). Défaut : le premier événement
help-audit-list--until = Jusqu'à cette date (UTC). Défaut : maintenant
help-audit-list--login = Seulement ceux de cet utilisateur. Défaut : tous
help-audit-list--serial = Seulement ceux de cette clé. Défaut : tous
help-audit-list--establishment = Seulement ceux de cet établissement. Défaut : tous
help-audit-list--operator = Seulement les actes de cet opérateur. Défaut : tous
help-audit-list--action = Seulement cette action, comme key.assign. Défaut : toutes
help-audit-list--outcome = Seulement ce résultat. Défaut : tous
help-audit-list--limit = Au plus ce nombre d'événements, les derniers. Défaut : tous
help-audit-verify = Vérifier qu'aucun événement n'a été modifié

## Aide : les arguments de plusieurs commandes

help-any--serial = Numéro de série, au dos de la clé
help-any--serials = Numéros de série, au dos des clés
help-any--login = Identifiant de l'utilisateur
help-any--logins = Identifiants des utilisateurs
help-any--uai = UAI de l'établissement : sept chiffres et une lettre
help-any--dry-run = Dire ce qui serait fait, sans rien changer. Défaut : le faire

help-global--home = Dossier de la base. Défaut : CLEOTP_HOME, sinon /var/lib/cleotp, sinon votre dossier de données
help-global--output-format = Forme de la réponse : table, json, jsonl ou csv. Défaut : table
help-global--lang = Langue : fr ou en. Défaut : celle de la configuration, sinon de l'environnement
help-global--quiet = Ne dire que ce qui est demandé. Défaut : non
help-global--verbose = En dire plus. Défaut : non
help-global--yes = Répondre oui à toute confirmation. Défaut : demander
help-global--no-progress = Ne pas montrer la progression. Défaut : montrée sur un terminal
help-global--raw = CSV sans protection contre les formules, pour les machines. Défaut : protégé
help-global--excel = CSV pour un tableur : points-virgules et marque d'ordre des octets. Défaut : non
help-global--help = Afficher l'aide ; davantage avec --help

## Les listes

none-keys = Aucune clé.
none-users = Aucun utilisateur.
none-establishments = Aucun établissement.
none-batches = Aucun lot.
none-activations = Aucun code d'activation.
none-events = Aucun événement.
none-findings = Rien à signaler.

column-login = Identifiant
column-name = Nom
column-establishments = Établissements
column-establishment = Établissement
column-enabled = Actif
column-created-at = Créé le
column-uai = UAI
column-serial = Numéro de série
column-state = État
column-locked = Bloquée
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
column-identical = Identiques
column-conflict = En conflit
column-rejected = Rejetées
column-warnings = Avertissements
column-line = Ligne
column-column = Colonne
column-severity = Gravité
column-code = Code
column-message = Message
column-expires-at = Expire le
column-seq = N°
column-at = Moment
column-operator = Opérateur
column-via = Par
column-action = Action
column-outcome = Résultat
column-reason = Motif
column-keys = Clés
column-users = Utilisateurs

state-stock = en stock
state-assigned = attribuée
state-active = active
state-suspended = suspendue
state-lost = perdue
state-retired = au rebut
pin-none = aucun
pin-provisional = à confirmer
pin-set = créé
severity-error = erreur
severity-warning = avertissement

## La ligne de commande

hint-see-help = voyez « { $help } »
hint-near = vouliez-vous dire « { $near } » ?

error-missing-command = il manque une commande
error-unknown-command = commande inconnue : « { $word } »
error-ambiguous-command = « { $word } » peut vouloir dire deux choses
error-ambiguous-command-hint = pour reprendre une clé à un utilisateur : « cleotp clé désattribuer » (desattribuer) ; pour la mettre hors d'usage à jamais : « cleotp clé mettre-au-rebut »
error-unknown-option = option inconnue : « { $argument } »
error-surplus-argument = il y a un mot de trop
error-surplus-argument-hint = un secret ne se donne jamais sur la ligne de commande : il est demandé, ou lu sur l'entrée standard
error-missing-value = il manque une valeur après « { $argument } »
error-value-not-allowed = « { $value } » n'est pas admis pour « { $argument } » ; sont admis : { $choices }
error-wrong-number-of-values = le nombre de valeurs de « { $argument } » est faux
error-option-given-twice = « { $argument } » ne peut être donné qu'une fois
error-options-exclude-each-other = « { $argument } » et « { $other } » s'excluent
error-missing-argument = il manque : { $arguments }
error-not-utf8 = la ligne de commande n'est pas en UTF-8
error-command-line = la ligne de commande est incompréhensible
error-invalid-value = « { $value } » ne convient pas pour « { $argument } »
error-invalid-uai = « { $value } » n'est pas un UAI
error-invalid-uai-hint = un UAI a sept chiffres et une lettre, comme 0860034V
error-wrong-uai-letter = « { $value } » est mal saisi : ces chiffres demandent la lettre { $right }
error-wrong-uai-letter-hint = comparez les sept chiffres et la lettre aux papiers de l'établissement
error-invalid-serial = « { $value } » n'est pas un numéro de série
error-invalid-serial-hint = un numéro de série a 1 à 40 lettres, chiffres ou . _ # : - et commence par une lettre ou un chiffre
error-invalid-login = « { $value } » n'est pas un identifiant
error-invalid-login-hint = un identifiant a 1 à 64 lettres sans accent, chiffres ou . _ @ - et commence par une lettre ou un chiffre
error-invalid-name = « { $value } » n'est pas un nom
error-invalid-name-hint = un nom a 1 à 200 caractères, sur une ligne
error-unknown-state = aucun état ne s'appelle « { $value } »
error-unknown-state-hint = les états sont { $choices }
error-invalid-moment = « { $value } » n'est pas une date
error-invalid-moment-hint = écrivez 2026-11-24, "2026-11-24 09:12" (UTC) ou 2026-11-24T09:12:00Z
error-invalid-address = « { $value } » n'est pas une adresse IP
error-invalid-address-hint = écrivez-la comme 192.0.2.7 ou 2001:db8::7

## Entrées, sorties et questions

error-interrupted = la question est restée sans réponse
error-interrupted-hint = rien n'a été changé ; relancez la commande
error-input-ended = l'entrée standard s'est terminée avant ce qui était attendu
error-input-ended-hint = donnez une ligne par secret, dans l'ordre indiqué par --help
error-input-too-long = l'entrée standard contient plus de { $limit } octets
error-input-too-long-hint = vérifiez ce qui est envoyé à cleotp
error-cannot-read-input = l'entrée standard est illisible : { $reason }
error-cannot-read-input-hint = vérifiez ce qui est envoyé à cleotp
error-cannot-write = la réponse n'a pas pu être écrite : { $reason }
error-cannot-write-hint = ce qui a été fait est enregistré ; faites de la place, puis relisez le résultat
error-confirmation-needed = une confirmation est nécessaire, et il n'y a pas de terminal pour la demander
error-confirmation-needed-hint = ajoutez --yes
error-not-confirmed = sans confirmation, rien n'a été changé
error-not-confirmed-hint = relancez la commande pour confirmer

## Les fichiers

error-file-missing = fichier introuvable : { $path }
error-file-missing-hint = vérifiez le nom et le dossier
error-file-exists = { $path } existe déjà
error-file-exists-hint = choisissez un autre nom ; rien n'est jamais écrasé
error-file-is-a-link = { $path } est un lien symbolique
error-file-is-a-link-hint = mettez-y le fichier lui-même, ou nommez le fichier lui-même
error-file-not-regular = { $path } n'est pas un fichier ordinaire
error-file-not-regular-hint = nommez un fichier ; un tube se lit sur l'entrée standard avec « - »
error-file-is-a-directory = { $path } est un dossier
error-file-is-a-directory-hint = nommez les fichiers qu'il contient
error-not-a-directory = { $path } n'est pas un dossier
error-not-a-directory-hint = nommez un dossier
error-file-has-several-names = { $path } a { $links } noms sur le disque
error-file-has-several-names-hint = cp -p -- '{ $path }' '{ $path }.new' && mv -- '{ $path }.new' '{ $path }', puis supprimez les autres noms
error-file-owner = { $path } appartient à l'uid { $owner }
error-file-owner-hint = chown -- { $expected } '{ $path }'
error-file-mode = d'autres peuvent ouvrir { $path } (mode { $mode })
error-file-mode-hint = chmod { $wanted } -- '{ $path }'
error-file-too-large = { $path } dépasse { $limit } octets
error-file-too-large-hint = découpez le fichier, ou relevez max-import-mebibytes dans config.toml
error-network-filesystem = { $path } est sur un système de fichiers réseau ({ $filesystem })
error-network-filesystem-hint = mettez le dossier de la base sur un disque local
error-cannot-read = { $path } est illisible : { $reason }
error-cannot-read-hint = vérifiez que le compte qui lance cleotp peut le lire
error-cannot-create = { $path } n'a pas pu être écrit : { $reason }
error-cannot-create-hint = vérifiez le dossier, ses permissions et la place sur le disque

## La configuration

error-no-home = aucun dossier n'est connu pour la base
error-no-home-hint = donnez --home DOSSIER, ou la variable CLEOTP_HOME
error-config-not-utf8 = { $path } n'est pas en UTF-8
error-config-not-utf8-hint = enregistrez le fichier en UTF-8
error-config-syntax = { $path }, ligne { $line } : ce n'est pas du TOML : { $reason }
error-config-syntax-hint = écrivez une « clé = valeur » par ligne
error-config-unknown-key = { $path }, ligne { $line } : réglage inconnu : { $key }
error-config-unknown-key-hint = les réglages sont { $known }
error-config-span = { $path }, ligne { $line } : { $key } est hors limites
error-config-span-hint = { $key } prend une durée de "{ $least }" à "{ $most }", avec une unité : s, min, h, d
error-config-count = { $path }, ligne { $line } : { $key } est hors limites
error-config-count-hint = { $key } prend un nombre de { $least } à { $most }
error-config-choice = { $path }, ligne { $line } : { $key } ne connaît pas cette valeur
error-config-choice-hint = { $key } prend l'une de ces valeurs : { $choices }
error-config-pin-digits = { $path } : pin-min-digits ({ $minimum }) dépasse pin-max-digits ({ $maximum })
error-config-pin-digits-hint = il faut 4 ≤ pin-min-digits ≤ pin-max-digits ≤ 8

## Les défauts

error-defect = un défaut de cleotp, à { $place } ; rien de secret n'a été affiché
error-defect-hint = signalez cette ligne, avec la commande lancée
error-no-randomness = le système ne donne pas d'octets aléatoires
error-no-randomness-hint = aucun secret ne peut être créé sans eux ; vérifiez le système
error-not-built = cette commande n'est pas encore construite
error-not-built-hint = elle viendra avec la prochaine version
