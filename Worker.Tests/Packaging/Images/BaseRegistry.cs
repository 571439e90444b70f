using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Packaging.Images;

/// <summary>
/// A registry on this machine with one minimal image: the base of the worker's image where none can be downloaded.
/// https://github.com/opencontainers/distribution-spec
/// </summary>
sealed class BaseRegistry : IDisposable
{
    const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    const string ConfigType = "application/vnd.docker.container.image.v1+json";
    const string LayerType = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    readonly HttpListener listener = new();
    readonly Dictionary<string, (string Type, byte[] Content)> served = [];

    public BaseRegistry()
    {
        var layer = Layer();
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/usr/bin", "APP_UID=1654" } },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(layer) } },
            history = new[] { new { created_by = "tests" } },
        });
        var packed = Pack(layer);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = ConfigType, size = config.Length, digest = Digest(config) },
            layers = new[] { new { mediaType = LayerType, size = packed.Length, digest = Digest(packed) } },
        });
        served[$"/v2/base/blobs/{Digest(config)}"] = (ConfigType, config);
        served[$"/v2/base/blobs/{Digest(packed)}"] = (LayerType, packed);
        served["/v2/base/manifests/1"] = served[$"/v2/base/manifests/{Digest(manifest)}"] = (ManifestType, manifest);
        served["/v2/"] = ("application/json", "{}"u8.ToArray());
        Port = FreePort.Next();
        listener.Prefixes.Add($"http://localhost:{Port}/");
        listener.Start();
        _ = Serve();
    }

    public int Port { get; }

    public string Image => $"localhost:{Port}/base:1";

    public void Dispose() => listener.Close();

    async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                if (served.TryGetValue(context.Request.Url!.AbsolutePath, out var found))
                    Answer(context.Response, found.Type, context.Request.HttpMethod == "HEAD" ? [] : found.Content,
                        Digest(found.Content));
                else
                    context.Response.StatusCode = 404;
                context.Response.Close();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    static void Answer(HttpListenerResponse response, string type, byte[] content, string digest)
    {
        response.ContentType = type;
        response.AddHeader("Docker-Content-Digest", digest);
        response.OutputStream.Write(content);
    }

    static byte[] Layer()
    {
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile,
                "etc/passwd")
            {
                DataStream =
                    new MemoryStream(Encoding.UTF8.GetBytes("app:x:1654:1654::/home/app:/bin/false\n"))
            });
        return layer.ToArray();
    }

    static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(content);
        return packed.ToArray();
    }

    static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
