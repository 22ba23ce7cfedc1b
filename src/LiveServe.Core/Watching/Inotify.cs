using System.Globalization;
using System.Runtime.InteropServices;

namespace LiveServe.Watching;

/// <summary>The kernel's events. inotify(7); the numbers are the same on every architecture.</summary>
[Flags]
internal enum InotifyEvents : uint
{
    /// <summary>Bytes were written.</summary>
    Modify = 0x2,

    /// <summary>Times, rights, links.</summary>
    Attributes = 0x4,

    /// <summary>A writer closed the file: it is complete.</summary>
    CloseWrite = 0x8,

    /// <summary>Moved away.</summary>
    MovedFrom = 0x40,

    /// <summary>Moved here.</summary>
    MovedTo = 0x80,

    /// <summary>Made here.</summary>
    Create = 0x100,

    /// <summary>Removed.</summary>
    Delete = 0x200,

    /// <summary>The watched folder itself was removed.</summary>
    DeleteSelf = 0x400,

    /// <summary>The watched folder itself was moved.</summary>
    MoveSelf = 0x800,

    /// <summary>Its file system is gone.</summary>
    Unmount = 0x2000,

    /// <summary>Events were lost.</summary>
    Overflow = 0x4000,

    /// <summary>The watch is gone.</summary>
    Ignored = 0x8000,

    /// <summary>Only folders.</summary>
    OnlyFolders = 0x01000000,

    /// <summary>No events of files that are unlinked and still open.</summary>
    NoUnlinked = 0x04000000,

    /// <summary>What is asked for comes on top of what was asked for before.</summary>
    AddToMask = 0x20000000,

    /// <summary>The event is about a folder.</summary>
    IsFolder = 0x40000000,

    /// <summary>That something is called otherwise now.</summary>
    Names = MovedFrom | MovedTo | Create | Delete,

    /// <summary>That a watched folder itself is not where it was.</summary>
    OwnFate = DeleteSelf | MoveSelf | Unmount,

    /// <summary>What is asked for of a folder in which only names matter.</summary>
    ForNames = Names | DeleteSelf | MoveSelf | OnlyFolders | AddToMask,

    /// <summary>What is asked for of a folder that only leads to another.</summary>
    ForOwnFate = DeleteSelf | MoveSelf | OnlyFolders | AddToMask,

    /// <summary>What is asked for of a folder of the tree.</summary>
    ForFiles = Modify | Attributes | CloseWrite | Names | DeleteSelf | MoveSelf | OnlyFolders | NoUnlinked | AddToMask,
}

/// <summary>The two calls that a user's limits make fail: where a test takes the kernel's place.</summary>
internal sealed record InotifyCalls(Func<int> Create, Func<int, string, InotifyEvents, int> Add)
{
    /// <summary>The kernel's.</summary>
    public static InotifyCalls Kernel { get; } = new(Inotify.Create, Inotify.Add);
}

/// <summary>The system calls of inotify(7), and a way to wake the thread that waits in them.</summary>
internal static unsafe partial class Inotify
{
    /// <summary>errno: the user's watches are used up.</summary>
    public const int NoSpace = 28;

    /// <summary>errno of a call that a signal interrupted.</summary>
    public const int Interrupted = 4;

    private const int CloseOnExec = 0x80000, NonBlocking = 0x800;
    private const ulong Readable = 1;

    /// <summary>A new instance, or -1.</summary>
    public static int Create() => Init(CloseOnExec | NonBlocking);

    /// <summary>A descriptor that <see cref="Wake"/> makes readable, or -1.</summary>
    public static int CreateWaker() => EventFd(0, CloseOnExec | NonBlocking);

    /// <summary>Makes the waker readable.</summary>
    public static void Wake(int waker)
    {
        ulong one = 1;
        _ = Write(waker, &one, sizeof(ulong));
    }

    /// <summary>Waits until one of the two is readable.</summary>
    /// <returns>Whether the waker was; it is read empty then.</returns>
    public static bool Wait(int inotify, int waker)
    {
        // struct pollfd { int fd; short events; short revents; }, little-endian as every machine that .NET runs Linux on.
        var polled = stackalloc ulong[2] { (uint)inotify | (Readable << 32), (uint)waker | (Readable << 32) };
        while (Poll(polled, 2, -1) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        if (((polled[1] >> 48) & Readable) == 0)
        {
            return false;
        }

        ulong count;
        _ = Read(waker, &count, sizeof(ulong));
        return true;
    }

    /// <summary>Reads what events there are; 0 when there are none.</summary>
    public static int ReadEvents(int inotify, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return (int)Math.Max(0, Read(inotify, start, buffer.Length));
        }
    }

    /// <summary>Watches a folder, links followed.</summary>
    /// <returns>The watch; below zero, an errno with its sign turned.</returns>
    public static int Add(int inotify, string path, InotifyEvents what)
    {
        var watch = AddWatch(inotify, path, (uint)what);
        return watch >= 0 ? watch : -Marshal.GetLastPInvokeError();
    }

    /// <summary>One of the user's limits: <c>max_user_watches</c>, <c>max_user_instances</c>; <see langword="null"/> where it cannot be read.</summary>
    public static long? Limit(string name)
    {
        try
        {
            return long.Parse(File.ReadAllText($"/proc/sys/fs/inotify/{name}"), CultureInfo.InvariantCulture);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Ends a watch.</summary>
    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int Remove(int inotify, int watch);

    /// <summary>Closes a descriptor.</summary>
    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int inotify, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ulong* descriptors, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, void* buffer, nint count);
}
