using System.Xml.Linq;
using FluxRestful.Api.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FluxRestful.Api.Access.Sessions;

/// <summary>What seals the cookies: kept in the data directory beside the other keys, so that a restart ends nobody's session.</summary>
internal sealed class KeyRing(DataDirectory directory) : IXmlRepository
{
    private const string Prefix = "cookies-";
    private const string Suffix = ".key";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Directory.EnumerateFiles(directory.Path, Prefix + "*" + Suffix).Order(StringComparer.Ordinal).Select(Read)];

    public void StoreElement(XElement element, string friendlyName) => PrivateFiles.CreateWhole(
        Path.Combine(directory.Path, Prefix + Guid.NewGuid().ToString("N") + Suffix), System.Text.Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));

    private static XElement Read(string path)
    {
        PrivateFiles.RefuseIfOpenToOthers(path);
        return XElement.Load(path);
    }
}
