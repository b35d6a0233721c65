//! What a folder lies on: the kind of file system, whether it can be written, and how much room is left.

use super::files;
use rustix::fs::{Mode, OFlags, StatVfsMountFlags, fstatfs, fstatvfs, open};
use std::io;
use std::path::Path;

/// More than the kernel ever lists.
const LONGEST_LIST: u64 = 64 * 1024;

/// The kinds of file system that make a difference for a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilesystemKind {
    /// One that keeps what it is given and whose locks can be trusted, as far as its number tells.
    Local,
    /// One whose locks or write-ahead log cannot be trusted: NFS, CIFS, SMB2 or FUSE.
    Network(&'static str),
    /// The layers of a container (overlayfs): what is written may go with the container.
    Layered,
    /// Memory (tmpfs, ramfs): nothing on it outlives a restart.
    Volatile,
}

impl FilesystemKind {
    /// Tells the kind by the magic number of `statfs` (linux/magic.h).
    pub const fn of(magic: u64) -> Self {
        match magic & 0xffff_ffff {
            0x6969 => Self::Network("NFS"),
            0xff53_4d42 => Self::Network("CIFS"),
            0xfe53_4d42 => Self::Network("SMB2"),
            0x6573_5546 => Self::Network("FUSE"),
            0x794c_7630 => Self::Layered,
            0x0102_1994 | 0x8584_58f6 => Self::Volatile,
            _ => Self::Local,
        }
    }
}

/// A mounted file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filesystem {
    /// Its kind.
    pub kind: FilesystemKind,
    /// Whether it is mounted without the right to write.
    pub read_only: bool,
    /// Its size in bytes.
    pub size: u64,
    /// The bytes that this account may still write.
    pub free: u64,
}

/// What tells about file systems. The host has the real one.
pub trait Disks {
    /// Looks at the file system of a folder.
    ///
    /// # Errors
    /// What the operating system says.
    fn filesystem(&self, folder: &Path) -> io::Result<Filesystem>;

    /// Names what the kernel lends memory to that is not known to be encrypted: what lay in memory may lie there for years.
    fn swaps_in_clear(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The file systems as they are mounted on this machine.
pub struct Mounted;

impl Disks for Mounted {
    fn filesystem(&self, folder: &Path) -> io::Result<Filesystem> {
        let descriptor = open(folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        let magic = fstatfs(&descriptor)?.f_type;
        let volume = fstatvfs(&descriptor)?;
        Ok(Filesystem {
            kind: FilesystemKind::of(u64::try_from(magic).unwrap_or(0)),
            read_only: volume.f_flag.contains(StatVfsMountFlags::RDONLY),
            size: volume.f_blocks.saturating_mul(volume.f_frsize),
            free: volume.f_bavail.saturating_mul(volume.f_frsize),
        })
    }

    fn swaps_in_clear(&self) -> Vec<String> {
        let Ok(listed) = files::read_input(Path::new("/proc/swaps"), LONGEST_LIST) else { return Vec::new() };
        let mut swaps = read_swaps(&String::from_utf8_lossy(&listed));
        swaps.retain(|swap| !is_encrypted(Path::new(swap)));
        swaps
    }
}

/// Gives the devices and files of `/proc/swaps` (proc(5)) that are none of compressed memory.
fn read_swaps(listed: &str) -> Vec<String> {
    let names = listed.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| !name.starts_with("/dev/zram")).map(str::to_owned).collect()
}

/// Tells whether a device is one that dm-crypt keeps, by what the kernel calls it.
fn is_encrypted(swap: &Path) -> bool {
    let device = swap.canonicalize().ok();
    let name = device.as_deref().and_then(Path::file_name).map(|name| Path::new("/sys/block").join(name));
    let uuid = name.and_then(|device| files::read_input(&device.join("dm/uuid"), LONGEST_LIST).ok());
    uuid.is_some_and(|uuid| uuid.starts_with(b"CRYPT-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_their_number() {
        assert_eq!(FilesystemKind::of(0x6969), FilesystemKind::Network("NFS"));
        assert_eq!(FilesystemKind::of(0xffff_ffff_ff53_4d42), FilesystemKind::Network("CIFS"));
        assert_eq!(FilesystemKind::of(0x794c_7630), FilesystemKind::Layered);
        assert_eq!(FilesystemKind::of(0x0102_1994), FilesystemKind::Volatile);
        assert_eq!(FilesystemKind::of(0xef53), FilesystemKind::Local);
    }

    #[test]
    fn f03_a_swap_is_known_by_its_name_and_compressed_memory_is_none() {
        let listed = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n\
                      /dev/zram0                              partition\t8388604\t0\t\t100\n\
                      /dev/dm-1                               partition\t999420\t0\t\t-2\n\
                      /swap.img                               file\t\t999420\t0\t\t-3\n";
        assert_eq!(read_swaps(listed), ["/dev/dm-1", "/swap.img"]);
        assert!(read_swaps("").is_empty() && read_swaps("Filename\n").is_empty());
        assert!(!is_encrypted(Path::new("/swap.img")) && !is_encrypted(Path::new("/dev/null")));
    }

    #[test]
    fn the_size_and_the_room_of_a_mounted_file_system_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let found = Mounted.filesystem(folder.path()).unwrap();
        assert!(found.size > 0 && found.free <= found.size && !found.read_only, "{found:?}");
        assert!(Mounted.filesystem(Path::new("/nonexistent")).is_err());
    }
}
