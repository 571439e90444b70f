using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Npgsql;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// Lets the thread that uses a connection wait for the server by itself. Npgsql connects with a non-blocking socket,
/// which .NET never makes blocking again: each answer would wake the thread that watches all sockets, and that one the
/// waiting thread. Measured: a sixth of the worker's CPU for claims and endings.
/// </summary>
static partial class BlockingSocket
{
    const string Connector = "Npgsql.Internal.NpgsqlConnector, Npgsql";

    // https://man7.org/linux/man-pages/man2/F_GETFL.2const.html
    const int GetFlags = 3;
    const int SetFlags = 4;
    const int NonBlocking = 0x800;

    /// <summary>Nothing asynchronous may use the connection afterwards.</summary>
    /// <returns>Whether its socket blocks now. Otherwise it is only slower.</returns>
    public static bool Of(NpgsqlConnection connection)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var socket = SocketOf(ConnectorOf(connection)).SafeHandle;
        return Control(socket, SetFlags, Control(socket, GetFlags, 0) & ~NonBlocking) == 0
            && (Control(socket, GetFlags, 0) & NonBlocking) == 0;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Connector")]
    [return: UnsafeAccessorType(Connector)]
    static extern object ConnectorOf(NpgsqlConnection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_socket")]
    static extern ref Socket SocketOf([UnsafeAccessorType(Connector)] object connector);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeSocketHandle socket, int command, int argument);
}
