//! The one table of who may do what: a row for each command, a column for each role.

use super::Role;

/// What the table says of a command and a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It needs no installation: nobody is asked who he is.
    Free,
    /// Allowed, for everything that exists.
    All,
    /// Allowed, for what exists within his establishments.
    Own,
    /// Refused.
    Never,
}

use Decision::{All as all, Free as free, Never as no, Own as own};

macro_rules! commands {
    ($($variant:ident $name:literal $admin:ident $delegate:ident $importer:ident $auditor:ident $verifier:ident;)*) => {
        /// A command, whatever its arguments. Whoever adds one must decide here who may run it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "they are the words of the command line")]
        pub enum Command { $($variant),* }

        impl Command {
            /// Every command.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Gives its words, with a hyphen between them: the reason of a refusal in the audit.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Decides.
            pub const fn decision(self, role: Role) -> Decision {
                match self {
                    $(Self::$variant => match role {
                        Role::Admin => $admin,
                        Role::Delegate => $delegate,
                        Role::Importer => $importer,
                        Role::Auditor => $auditor,
                        Role::Verifier => $verifier,
                    }),*
                }
            }
        }
    };
}

// Reached by sudo only are the doctor and what looks at the configuration asked who calls: without sudo, whoever has the files may look at them.
commands! {
    //                                          admin delegate importer auditor verifier
    Init                "init"                  free  free     free     free    free;
    Demo                "demo"                  free  free     free     free    free;
    Completions         "completions"           free  free     free     free    free;
    Man                 "man"                   free  free     free     free    free;
    Doctor              "doctor"                all   no       no       all     no;
    ConfigShow          "config-show"           all   no       no       all     no;
    ConfigCheck         "config-check"          all   no       no       all     no;
    Import              "import"                all   no       all      no      no;
    BatchList           "batch-list"            all   no       no       all     no;
    BatchShow           "batch-show"            all   no       no       all     no;
    BatchUndo           "batch-undo"            all   no       no       no      no;
    BatchVerify         "batch-verify"          all   no       no       no      no;
    EstablishmentAdd    "establishment-add"     all   no       no       no      no;
    EstablishmentList   "establishment-list"    all   own      no       no      no;
    EstablishmentShow   "establishment-show"    all   own      no       no      no;
    EstablishmentRename "establishment-rename"  all   no       no       no      no;
    EstablishmentImport "establishment-import"  all   no       no       no      no;
    UserAdd             "user-add"              all   own      no       no      no;
    UserList            "user-list"             all   own      no       no      no;
    UserShow            "user-show"             all   own      no       no      no;
    UserImport          "user-import"           all   own      no       no      no;
    UserDisable         "user-disable"          all   own      no       no      no;
    UserEnable          "user-enable"           all   own      no       no      no;
    UserMove            "user-move"             all   own      no       no      no;
    UserExport          "user-export"           all   own      no       no      no;
    UserRemove          "user-remove"           all   own      no       no      no;
    KeyList             "key-list"              all   own      no       no      no;
    KeyShow             "key-show"              all   own      no       no      no;
    KeyAssign           "key-assign"            all   own      no       no      no;
    KeyReplace          "key-replace"           all   own      no       no      no;
    KeyUnassign         "key-unassign"          all   own      no       no      no;
    KeyReturn           "key-return"            all   own      no       no      no;
    KeyShip             "key-ship"              all   own      no       no      no;
    KeyReceive          "key-receive"           all   own      no       no      no;
    KeySuspend          "key-suspend"           all   own      no       no      no;
    KeyResume           "key-resume"            all   own      no       no      no;
    KeyLost             "key-lost"              all   own      no       no      no;
    KeyFound            "key-found"             all   own      no       no      no;
    KeyRetire           "key-retire"            all   own      no       no      no;
    KeyUnlock           "key-unlock"            all   own      no       no      no;
    KeyResync           "key-resync"            all   own      no       no      no;
    KeyDiagnose         "key-diagnose"          all   no       no       no      no;
    ActivationNew       "activation-new"        all   own      no       no      no;
    ActivationCampaign  "activation-campaign"   all   own      no       no      no;
    ActivationImport    "activation-import"     all   no       no       no      no;
    ActivationList      "activation-list"       all   own      no       no      no;
    ActivationRevoke    "activation-revoke"     all   own      no       no      no;
    EmergencyNew        "emergency-new"         all   own      no       no      no;
    EmergencyList       "emergency-list"        all   own      no       no      no;
    EmergencyRevoke     "emergency-revoke"      all   own      no       no      no;
    Slip                "slip"                  all   own      no       no      no;
    PinReset            "pin-reset"             all   own      no       no      no;
    Activate            "activate"              all   no       no       no      all;
    PinSet              "pin-set"               all   no       no       no      all;
    PinChange           "pin-change"            all   no       no       no      all;
    Check               "check"                 all   no       no       no      all;
    Backup              "backup"                all   no       no       no      no;
    Restore             "restore"               all   no       no       no      no;
    OperatorAdd         "operator-add"          all   no       no       no      no;
    OperatorList        "operator-list"         all   no       no       all     no;
    OperatorRemove      "operator-remove"       all   no       no       no      no;
    AuditList           "audit-list"            all   no       no       all     no;
    AuditVerify         "audit-verify"          all   no       no       all     no;
    AuditCheckpoint     "audit-checkpoint"      all   no       no       all     no;
    AuditExport         "audit-export"          all   no       no       all     no;
    AuditPurge          "audit-purge"           all   no       no       no      no;
    ReportStock         "report-stock"          all   own      no       all     no;
    ReportActivation    "report-activation"     all   own      no       all     no;
    ReportDrift         "report-drift"          all   own      no       all     no;
    ReportExpiry        "report-expiry"         all   own      no       all     no;
    ReportLockouts      "report-lockouts"       all   own      no       all     no;
    ReportChecks        "report-checks"         all   own      no       all     no;
    ReportDormant       "report-dormant"        all   own      no       all     no;
    ReportBatches       "report-batches"        all   own      no       all     no;
    ReportOperators     "report-operators"      all   no       no       all     no;
    VaultStatus         "vault-status"          all   no       no       all     no;
    VaultRotate         "vault-rotate"          all   no       no       no      no;
}
