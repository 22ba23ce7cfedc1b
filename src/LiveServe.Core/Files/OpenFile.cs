using Microsoft.Win32.SafeHandles;

namespace LiveServe.Files;

/// <summary>A file that was opened, and what it was at that moment. The receiver closes it.</summary>
internal sealed class OpenFile : IDisposable
{
    private int _isClosed;

    /// <summary>Takes over an open file.</summary>
    public OpenFile(SafeFileHandle handle, FileStat stat)
    {
        (Handle, Stat) = (handle, stat);
        OpenFileLimit.Enter();
    }

    /// <summary>What is read.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>What it was when it was opened.</summary>
    public FileStat Stat { get; }

    /// <summary>Opens a file of ours to look at, wherever links lead; <see langword="null"/> when it is no regular file or cannot be read.</summary>
    /// <remarks>On Linux without .NET's advisory lock: a program that wants the file for itself must not fail because we look.</remarks>
    public static OpenFile? At(string fullPath)
    {
        if (!OperatingSystem.IsLinux())
        {
            var shared = File.OpenHandle(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new OpenFile(shared, PortableFile.Stat(shared));
        }

        var handle = LinuxFile.OpenAnywhere(fullPath, out _);
        if (handle is not null && LinuxFile.Stat(handle) is { Kind: FileKind.Regular } stat)
        {
            return new OpenFile(handle, stat);
        }

        handle?.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Handle.Dispose();
            OpenFileLimit.Leave();
        }
    }
}
