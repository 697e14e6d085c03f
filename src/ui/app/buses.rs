//! The buses of the desktop (D-Bus), over which file dialogs and screen readers are reached: only those of this computer.
//! An address may also name another computer, or a program to be started; the libraries would follow it.

/// Where the libraries look for an address.
#[cfg(all(unix, not(target_os = "macos")))]
const VARIABLES: [&str; 3] = ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"];

/// Where a variable names anything else than a socket of this computer, the program starts once more without that: nothing
/// can change the variables of a program that runs. Comes back where there is nothing to be done, or that is not possible.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn only_of_this_computer() -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    let addresses = VARIABLES.iter().filter_map(|name| Some((*name, std::env::var_os(name)?)));
    let strange = |(name, address): (&'static str, std::ffi::OsString)| {
        let local = local(&address.to_string_lossy());
        (local.as_deref().map(std::ffi::OsStr::new) != Some(&address)).then_some((name, local))
    };
    let strange: Vec<_> = addresses.filter_map(strange).collect();
    if strange.is_empty() {
        return Ok(());
    }
    let failed = |error: std::io::Error| {
        let names = strange.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("、");
        format!("{names} がこのパソコンのものではないため使えず、それを除いて開き直すこともできませんでした（{error}）")
    };
    let mut again = Command::new(std::env::current_exe().map_err(failed)?);
    again.args(std::env::args_os().skip(1));
    for (name, local) in &strange {
        match local {
            Some(local) => again.env(name, local),
            None => again.env_remove(name),
        };
    }
    Err(failed(again.exec()))
}

/// Other systems reach file dialogs and screen readers in another way.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn only_of_this_computer() -> Result<(), String> {
    Ok(())
}

/// Of the addresses in a variable the first that is a socket of this computer; the whole where all are.
#[cfg(all(unix, not(target_os = "macos")))]
fn local(addresses: &str) -> Option<String> {
    let is_local = |address: &&str| address.trim_start().starts_with("unix:");
    if addresses.trim().is_empty() || addresses.split(';').filter(|part| !part.is_empty()).all(|part| is_local(&part)) {
        return Some(addresses.to_owned());
    }
    addresses.split(';').find(is_local).map(str::to_owned)
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    fn check(addresses: &str, expected: Option<&str>) {
        assert_eq!(local(addresses).as_deref(), expected, "{addresses}");
    }

    #[test]
    fn only_sockets_of_this_computer_are_left() {
        for fine in ["", "unix:path=/run/user/1000/bus", "unix:abstract=/tmp/a,guid=1;unix:path=/b"] {
            check(fine, Some(fine));
        }
        for strange in [
            "tcp:host=192.0.2.1,port=9",
            "unixexec:path=/bin/sh",
            "autolaunch:",
            "nonce-tcp:",
            "ibus:",
            "launchd:env=A",
            "vsock:",
        ] {
            check(strange, None);
            check(&format!("{strange};unix:path=/b"), Some("unix:path=/b"));
        }
    }
}
