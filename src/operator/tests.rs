use super::*;

fn caller(via: Via) -> Operator {
    Operator { uid: 1001, name: "mdupuis".to_owned(), via, login: None }
}

fn mandate(role: Role) -> Mandate {
    Mandate {
        id: 1,
        uid: 1001,
        name: "mdupuis".to_owned(),
        role,
        establishments: vec!["0860034V".parse().unwrap()],
        since: UtcTime::from_epoch(0),
        until: None,
        seal: [0; 32],
    }
}

#[test]
fn through_sudo_one_stands_for_ones_mandate_or_for_nothing() {
    assert_eq!(Standing::of(&caller(Via::Sudo), None, None), None);
    assert_eq!(Standing::of(&caller(Via::Sudo), None, Some(Role::Importer)), None);
    for role in Role::ALL {
        let standing = Standing::of(&caller(Via::Sudo), Some(&mandate(role)), Some(Role::Verifier)).unwrap();
        assert_eq!((standing.role, standing.via), (role, Via::Sudo));
        assert_eq!(standing.scope == Scope::All, role != Role::Delegate);
    }
}

#[test]
fn root_is_always_admin_and_the_service_account_unless_it_was_narrowed() {
    let broken = Standing { role: Role::Admin, scope: Scope::All, via: Via::BreakGlass };
    let delegate = mandate(Role::Delegate);
    assert_eq!(Standing::of(&caller(Via::BreakGlass), Some(&delegate), Some(Role::Importer)), Some(broken.clone()));
    assert_eq!(Standing::of(&caller(Via::Direct), None, None), Some(broken));
    let narrow = Standing::of(&caller(Via::Direct), Some(&mandate(Role::Admin)), Some(Role::Importer)).unwrap();
    assert_eq!((narrow.role, narrow.via), (Role::Importer, Via::Direct));
    let own = Standing::of(&caller(Via::Direct), Some(&mandate(Role::Admin)), None).unwrap();
    assert_eq!((own.role, own.via), (Role::Admin, Via::Direct));
}

#[test]
fn whoever_owns_the_files_is_always_an_administrator_and_only_as_one_is_he_on_record() {
    for role in Role::ALL {
        let standing = Standing::of(&caller(Via::Direct), Some(&mandate(role)), None).unwrap();
        let via = if role == Role::Admin { Via::Direct } else { Via::BreakGlass };
        assert_eq!(standing, Standing { role: Role::Admin, scope: Scope::All, via }, "{role:?}");
    }
}

#[test]
fn an_admin_may_do_all_and_only_a_delegate_is_bound_to_establishments() {
    for command in Command::ALL {
        let decisions = Role::ALL.map(|role| command.decision(role));
        let is_free = decisions[0] == Decision::Free;
        assert!(is_free || decisions[0] == Decision::All, "{}", command.name());
        for (role, decision) in Role::ALL.into_iter().zip(decisions) {
            assert_eq!(decision == Decision::Free, is_free, "{} {}", command.name(), role.name());
            let fits = match decision {
                Decision::Own => role.is_for_establishments(),
                Decision::All => !role.is_for_establishments(),
                Decision::Free | Decision::Never => true,
            };
            assert!(fits, "{} {}", command.name(), role.name());
        }
    }
}

#[test]
fn roles_are_read_back_by_their_names() {
    for role in Role::ALL {
        assert_eq!(role.name().parse(), Ok(role));
    }
    assert!("Admin".parse::<Role>().is_err() && "".parse::<Role>().is_err());
}

#[test]
fn the_way_somebody_came_is_read_as_it_is_written_and_no_other() {
    for via in [Via::Direct, Via::Sudo, Via::BreakGlass] {
        for login in [None, Some(0), Some(1002), Some(u32::MAX)] {
            let operator = Operator { login, ..caller(via) };
            assert_eq!(Operator::read_way(&operator.way()), Some((via, login)));
        }
    }
    assert_eq!(caller(Via::Sudo).way(), "sudo");
    assert_eq!(Operator { login: Some(1002), ..caller(Via::BreakGlass) }.way(), "break-glass:login=1002");
    for text in [
        "",
        "su",
        "sudo:login=",
        "sudo:login=+1",
        "sudo:login=01",
        "sudo:login=-1",
        ":login=1",
        "sudo:login=4294967296",
    ] {
        assert_eq!(Operator::read_way(text), None, "{text:?}");
    }
}
