using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveServe.Files;

/// <summary>The Linux system calls that .NET has no door to: opening below a folder in one act, and a stat to the nanosecond.</summary>
/// <remarks>openat2(2), statx(2), realpath(3). Both structures have one layout on every architecture.</remarks>
internal static unsafe partial class LinuxFile
{
    /// <summary>errno values that callers tell apart; the same on every Linux architecture that .NET runs on.</summary>
    public const int NoEntry = 2, NoAccess = 13, CrossLink = 18, NoSystemCall = 38, NotPermitted = 1;

    /// <summary>errno values that say nothing of the file: no more files can be open (of the process, of the system), no memory, the disk or the network does not answer.</summary>
    public const int ManyOpen = 24, ManyOpenOfAll = 23, NoMemory = 12, DiskError = 5, Stale = 116, TimedOut = 110, NotConnected = 107;

    private const int AtFdCwd = -100;
    private const ulong ReadOnlyNonBlocking = 0x800 | 0x80000 | 0x100; // O_NONBLOCK: a pipe must not hold us; O_CLOEXEC; O_NOCTTY
    private const ulong PathOnly = 0x200000 | 0x80000;                 // O_PATH | O_CLOEXEC
    private const ulong ResolveBeneath = 0x08, ResolveNoMagicLinks = 0x02;
    private const nint OpenAt2Number = 437;
    private const int EmptyPath = 0x1000, NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    /// <summary>Opens <paramref name="relative"/> so that no symlink and no <c>..</c> leads out of <paramref name="directory"/>; check and opening are one act.</summary>
    /// <param name="error">The errno when the result is <see langword="null"/>.</param>
    public static SafeFileHandle? OpenBeneath(string directory, string relative, out int error)
    {
        using var root = Open(AtFdCwd, directory, PathOnly, 0, out error);
        return root is null ? null : Open((int)root.DangerousGetHandle(), relative, ReadOnlyNonBlocking, ResolveBeneath | ResolveNoMagicLinks, out error);
    }

    /// <summary>Opens wherever the links lead.</summary>
    public static SafeFileHandle? OpenAnywhere(string path, out int error) => Open(AtFdCwd, path, ReadOnlyNonBlocking, 0, out error);

    /// <summary>What an open handle stands for.</summary>
    public static FileStat? Stat(SafeFileHandle handle) => Stat((int)handle.DangerousGetHandle(), "", EmptyPath);

    /// <summary>What stands at <paramref name="path"/>; of a link, the link itself.</summary>
    public static FileStat? Stat(string path) => Stat(AtFdCwd, path, NoFollow);

    /// <summary>What stands under a name in an open folder; of a link, the link itself.</summary>
    public static FileStat? StatIn(SafeFileHandle folder, string name) => Stat((int)folder.DangerousGetHandle(), name, NoFollow);

    /// <summary>What stands where <paramref name="path"/> leads to.</summary>
    public static FileStat? StatTarget(string path) => Stat(AtFdCwd, path, 0);

    /// <summary>Where <paramref name="path"/> leads when every link is followed; <see langword="null"/> when nowhere.</summary>
    public static string? RealPath(string path)
    {
        var buffer = stackalloc byte[4097];
        return RealPath(path, buffer) == 0 ? null : Marshal.PtrToStringUTF8((nint)buffer);
    }

    /// <summary>The time that the kernel stamps files with now.</summary>
    public static DateTimeOffset CoarseNow()
    {
        const int RealtimeCoarse = 5;
        var time = stackalloc long[2];
        return ClockGetTime(RealtimeCoarse, time) == 0
            ? DateTimeOffset.FromUnixTimeSeconds(time[0]).AddTicks(time[1] / 100)
            : DateTimeOffset.UtcNow.AddMilliseconds(-20);
    }

    /// <summary>The name of the file system below <paramref name="path"/> when it is one that does not tell of others' changes.</summary>
    /// <remarks>statfs(2), "Types of filesystems".</remarks>
    public static string? SilentFileSystem(string path)
    {
        var buffer = stackalloc byte[256];
        return StatFs(path, buffer) != 0 ? null : (uint)*(nint*)buffer switch
        {
            0x6969 => "NFS",
            0xFF534D42 or 0xFE534D42 or 0x517B => "a Windows share",
            0x01021997 => "9p (a Windows drive under WSL)",
            0x65735546 => "FUSE",
            0x786F4256 => "a VirtualBox share",
            _ => null,
        };
    }

    private static SafeFileHandle? Open(int at, string path, ulong flags, ulong resolve, out int error)
    {
        var how = stackalloc ulong[3] { flags, 0, resolve };
        var descriptor = OpenAt2(OpenAt2Number, at, path, how, 3 * sizeof(ulong));
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static FileStat? Stat(int at, string path, int flags)
    {
        var buffer = stackalloc byte[256];
        if (StatX(at, path, flags, BasicStats, buffer) != 0)
        {
            return null;
        }

        var stat = new ReadOnlySpan<byte>(buffer, 256);
        var kind = (BitConverter.ToUInt16(stat[28..]) & 0xF000) switch { 0x8000 => FileKind.Regular, 0x4000 => FileKind.Folder, 0xA000 => FileKind.Link, _ => FileKind.Special };
        return new FileStat(kind, BitConverter.ToUInt64(stat[32..]), BitConverter.ToInt64(stat[40..]), Nanoseconds(stat[112..]), Nanoseconds(stat[96..]));
    }

    private static long Nanoseconds(ReadOnlySpan<byte> timestamp) =>
        (BitConverter.ToInt64(timestamp) * 1_000_000_000) + BitConverter.ToUInt32(timestamp[8..]);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenAt2(nint number, int at, string path, ulong* how, nint size);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int at, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, byte* resolved);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ClockGetTime(int clock, long* time);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatFs(string path, byte* buffer);
}
