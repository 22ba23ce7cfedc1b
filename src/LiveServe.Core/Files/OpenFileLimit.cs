using System.Runtime.InteropServices;

namespace LiveServe.Files;

/// <summary>How many files and connections this process may have open at once, and how they are shared out. Beyond it nothing can be opened or accepted.</summary>
/// <remarks>getrlimit(2). .NET has raised the soft limit to the hard one by then.</remarks>
internal static partial class OpenFileLimit
{
    // The runtime's own (a hundred of them), the watcher's, folders on the way to a file. Where these fail the process is over.
    private const int Reserved = 160;

    private static readonly Lazy<int> MostFiles = new(() => Connections(OfThisProcess(), int.MaxValue));
    private static int _files;

    /// <summary>The limit; <see langword="null"/> where there is none that matters.</summary>
    public static long? OfThisProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var limit = default(Limit);
        return GetLimit(OperatingSystem.IsLinux() ? 7 : 8, ref limit) != 0 || limit.Soft > long.MaxValue ? null : (long)limit.Soft;
    }

    /// <summary>How many sockets there is room for: half of it, since each stays for long.</summary>
    public static int Sockets(long? limit, int wanted) => Share(limit, 2, wanted);

    /// <summary>How many connections there is room for that are no sockets: a quarter, and another one for the files that they read.</summary>
    public static int Connections(long? limit, int wanted) => Share(limit, 4, wanted);

    /// <summary>Whether one more file can be open for as long as its receiver takes.</summary>
    public static bool HasRoom => Volatile.Read(ref _files) < MostFiles.Value;

    /// <summary>A file was opened.</summary>
    public static void Enter() => Interlocked.Increment(ref _files);

    /// <summary>It was closed.</summary>
    public static void Leave() => Interlocked.Decrement(ref _files);

    private static int Share(long? limit, int part, int wanted) => limit is { } all ? (int)Math.Clamp((all - Reserved) / part, 1, wanted) : wanted;

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, ref Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
