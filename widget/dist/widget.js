/*! OptFM chat, MIT. Lit (BSD-3-Clause) and socket.io-client (MIT) inside. */
"use strict";(()=>{var Vi=Object.defineProperty;var ji=(s,e)=>{for(var t in e)Vi(s,t,{get:e[t],enumerable:!0})};var Pe=globalThis,Me=Pe.ShadowRoot&&(Pe.ShadyCSS===void 0||Pe.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,vt=Symbol(),Yt=new WeakMap,oe=class{constructor(e,t,i){if(this._$cssResult$=!0,i!==vt)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(Me&&e===void 0){let i=t!==void 0&&t.length===1;i&&(e=Yt.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),i&&Yt.set(t,e))}return e}toString(){return this.cssText}},Ne=s=>new oe(typeof s=="string"?s:s+"",void 0,vt),w=(s,...e)=>{let t=s.length===1?s[0]:e.reduce((i,n,r)=>i+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+s[r+1],s[0]);return new oe(t,s,vt)},Jt=(s,e)=>{if(Me)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let i=document.createElement("style"),n=Pe.litNonce;n!==void 0&&i.setAttribute("nonce",n),i.textContent=t.cssText,s.appendChild(i)}},xt=Me?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(let i of e.cssRules)t+=i.cssText;return Ne(t)})(s):s;var{is:Ki,defineProperty:Yi,getOwnPropertyDescriptor:Ji,getOwnPropertyNames:Xi,getOwnPropertySymbols:Gi,getPrototypeOf:Qi}=Object,Le=globalThis,Xt=Le.trustedTypes,Zi=Xt?Xt.emptyScript:"",en=Le.reactiveElementPolyfillSupport,ae=(s,e)=>s,wt={toAttribute(s,e){switch(e){case Boolean:s=s?Zi:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},Qt=(s,e)=>!Ki(s,e),Gt={attribute:!0,type:String,converter:wt,reflect:!1,useDefault:!1,hasChanged:Qt};Symbol.metadata??=Symbol("metadata"),Le.litPropertyMetadata??=new WeakMap;var C=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Gt){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let i=Symbol(),n=this.getPropertyDescriptor(e,i,t);n!==void 0&&Yi(this.prototype,e,n)}}static getPropertyDescriptor(e,t,i){let{get:n,set:r}=Ji(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:n,set(o){let a=n?.call(this);r?.call(this,o),this.requestUpdate(e,a,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Gt}static _$Ei(){if(this.hasOwnProperty(ae("elementProperties")))return;let e=Qi(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ae("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ae("properties"))){let t=this.properties,i=[...Xi(t),...Gi(t)];for(let n of i)this.createProperty(n,t[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[i,n]of t)this.elementProperties.set(i,n)}this._$Eh=new Map;for(let[t,i]of this.elementProperties){let n=this._$Eu(t,i);n!==void 0&&this._$Eh.set(n,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let i=new Set(e.flat(1/0).reverse());for(let n of i)t.unshift(xt(n))}else e!==void 0&&t.push(xt(e));return t}static _$Eu(e,t){let i=t.attribute;return i===!1?void 0:typeof i=="string"?i:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let i of t.keys())this.hasOwnProperty(i)&&(e.set(i,this[i]),delete this[i]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Jt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,i){this._$AK(e,i)}_$ET(e,t){let i=this.constructor.elementProperties.get(e),n=this.constructor._$Eu(e,i);if(n!==void 0&&i.reflect===!0){let r=(i.converter?.toAttribute!==void 0?i.converter:wt).toAttribute(t,i.type);this._$Em=e,r==null?this.removeAttribute(n):this.setAttribute(n,r),this._$Em=null}}_$AK(e,t){let i=this.constructor,n=i._$Eh.get(e);if(n!==void 0&&this._$Em!==n){let r=i.getPropertyOptions(n),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:wt;this._$Em=n;let a=o.fromAttribute(t,r.type);this[n]=a??this._$Ej?.get(n)??a,this._$Em=null}}requestUpdate(e,t,i,n=!1,r){if(e!==void 0){let o=this.constructor;if(n===!1&&(r=this[e]),i??=o.getPropertyOptions(e),!((i.hasChanged??Qt)(r,t)||i.useDefault&&i.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,i))))return;this.C(e,t,i)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:i,reflect:n,wrapped:r},o){i&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||i||(t=void 0),this._$AL.set(e,t)),n===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,r]of this._$Ep)this[n]=r;this._$Ep=void 0}let i=this.constructor.elementProperties;if(i.size>0)for(let[n,r]of i){let{wrapped:o}=r,a=this[n];o!==!0||this._$AL.has(n)||a===void 0||this.C(n,void 0,r,a)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(i=>i.hostUpdate?.()),this.update(t)):this._$EM()}catch(i){throw e=!1,this._$EM(),i}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};C.elementStyles=[],C.shadowRootOptions={mode:"open"},C[ae("elementProperties")]=new Map,C[ae("finalized")]=new Map,en?.({ReactiveElement:C}),(Le.reactiveElementVersions??=[]).push("2.1.2");var $t=globalThis,Zt=s=>s,Be=$t.trustedTypes,es=Be?Be.createPolicy("lit-html",{createHTML:s=>s}):void 0,kt="$lit$",O=`lit$${Math.random().toFixed(9).slice(2)}$`,Et="?"+O,tn=`<${Et}>`,z=document,le=()=>z.createComment(""),he=s=>s===null||typeof s!="object"&&typeof s!="function",Tt=Array.isArray,os=s=>Tt(s)||typeof s?.[Symbol.iterator]=="function",_t=`[ 	
\f\r]`,ce=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ts=/-->/g,ss=/>/g,W=RegExp(`>|${_t}(?:([^\\s"'>=/]+)(${_t}*=${_t}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),is=/'/g,ns=/"/g,as=/^(?:script|style|textarea|title)$/i,At=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),l=At(1),_=At(2),kr=At(3),k=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),rs=new WeakMap,F=z.createTreeWalker(z,129);function cs(s,e){if(!Tt(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return es!==void 0?es.createHTML(e):e}var ls=(s,e)=>{let t=s.length-1,i=[],n,r=e===2?"<svg>":e===3?"<math>":"",o=ce;for(let a=0;a<t;a++){let c=s[a],u,f,p=-1,m=0;for(;m<c.length&&(o.lastIndex=m,f=o.exec(c),f!==null);)m=o.lastIndex,o===ce?f[1]==="!--"?o=ts:f[1]!==void 0?o=ss:f[2]!==void 0?(as.test(f[2])&&(n=RegExp("</"+f[2],"g")),o=W):f[3]!==void 0&&(o=W):o===W?f[0]===">"?(o=n??ce,p=-1):f[1]===void 0?p=-2:(p=o.lastIndex-f[2].length,u=f[1],o=f[3]===void 0?W:f[3]==='"'?ns:is):o===ns||o===is?o=W:o===ts||o===ss?o=ce:(o=W,n=void 0);let g=o===W&&s[a+1].startsWith("/>")?" ":"";r+=o===ce?c+tn:p>=0?(i.push(u),c.slice(0,p)+kt+c.slice(p)+O+g):c+O+(p===-2?a:g)}return[cs(s,r+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),i]},pe=class s{constructor({strings:e,_$litType$:t},i){let n;this.parts=[];let r=0,o=0,a=e.length-1,c=this.parts,[u,f]=ls(e,t);if(this.el=s.createElement(u,i),F.currentNode=this.el.content,t===2||t===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(n=F.nextNode())!==null&&c.length<a;){if(n.nodeType===1){if(n.hasAttributes())for(let p of n.getAttributeNames())if(p.endsWith(kt)){let m=f[o++],g=n.getAttribute(p).split(O),v=/([.?@])?(.*)/.exec(m);c.push({type:1,index:r,name:v[2],strings:g,ctor:v[1]==="."?Ue:v[1]==="?"?He:v[1]==="@"?Ie:j}),n.removeAttribute(p)}else p.startsWith(O)&&(c.push({type:6,index:r}),n.removeAttribute(p));if(as.test(n.tagName)){let p=n.textContent.split(O),m=p.length-1;if(m>0){n.textContent=Be?Be.emptyScript:"";for(let g=0;g<m;g++)n.append(p[g],le()),F.nextNode(),c.push({type:2,index:++r});n.append(p[m],le())}}}else if(n.nodeType===8)if(n.data===Et)c.push({type:2,index:r});else{let p=-1;for(;(p=n.data.indexOf(O,p+1))!==-1;)c.push({type:7,index:r}),p+=O.length-1}r++}}static createElement(e,t){let i=z.createElement("template");return i.innerHTML=e,i}};function V(s,e,t=s,i){if(e===k)return e;let n=i!==void 0?t._$Co?.[i]:t._$Cl,r=he(e)?void 0:e._$litDirective$;return n?.constructor!==r&&(n?._$AO?.(!1),r===void 0?n=void 0:(n=new r(s),n._$AT(s,t,i)),i!==void 0?(t._$Co??=[])[i]=n:t._$Cl=n),n!==void 0&&(e=V(s,n._$AS(s,e.values),n,i)),e}var De=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:i}=this._$AD,n=(e?.creationScope??z).importNode(t,!0);F.currentNode=n;let r=F.nextNode(),o=0,a=0,c=i[0];for(;c!==void 0;){if(o===c.index){let u;c.type===2?u=new G(r,r.nextSibling,this,e):c.type===1?u=new c.ctor(r,c.name,c.strings,this,e):c.type===6&&(u=new qe(r,this,e)),this._$AV.push(u),c=i[++a]}o!==c?.index&&(r=F.nextNode(),o++)}return F.currentNode=z,n}p(e){let t=0;for(let i of this._$AV)i!==void 0&&(i.strings!==void 0?(i._$AI(e,i,t),t+=i.strings.length-2):i._$AI(e[t])),t++}},G=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,i,n){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=i,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=V(this,e,t),he(e)?e===h||e==null||e===""?(this._$AH!==h&&this._$AR(),this._$AH=h):e!==this._$AH&&e!==k&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):os(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==h&&he(this._$AH)?this._$AA.nextSibling.data=e:this.T(z.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:i}=e,n=typeof i=="number"?this._$AC(e):(i.el===void 0&&(i.el=pe.createElement(cs(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===n)this._$AH.p(t);else{let r=new De(n,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=rs.get(e.strings);return t===void 0&&rs.set(e.strings,t=new pe(e)),t}k(e){Tt(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,i,n=0;for(let r of e)n===t.length?t.push(i=new s(this.O(le()),this.O(le()),this,this.options)):i=t[n],i._$AI(r),n++;n<t.length&&(this._$AR(i&&i._$AB.nextSibling,n),t.length=n)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let i=Zt(e).nextSibling;Zt(e).remove(),e=i}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},j=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,i,n,r){this.type=1,this._$AH=h,this._$AN=void 0,this.element=e,this.name=t,this._$AM=n,this.options=r,i.length>2||i[0]!==""||i[1]!==""?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=h}_$AI(e,t=this,i,n){let r=this.strings,o=!1;if(r===void 0)e=V(this,e,t,0),o=!he(e)||e!==this._$AH&&e!==k,o&&(this._$AH=e);else{let a=e,c,u;for(e=r[0],c=0;c<r.length-1;c++)u=V(this,a[i+c],t,c),u===k&&(u=this._$AH[c]),o||=!he(u)||u!==this._$AH[c],u===h?e=h:e!==h&&(e+=(u??"")+r[c+1]),this._$AH[c]=u}o&&!n&&this.j(e)}j(e){e===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},Ue=class extends j{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===h?void 0:e}},He=class extends j{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==h)}},Ie=class extends j{constructor(e,t,i,n,r){super(e,t,i,n,r),this.type=5}_$AI(e,t=this){if((e=V(this,e,t,0)??h)===k)return;let i=this._$AH,n=e===h&&i!==h||e.capture!==i.capture||e.once!==i.once||e.passive!==i.passive,r=e!==h&&(i===h||n);n&&this.element.removeEventListener(this.name,this,i),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},qe=class{constructor(e,t,i){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(e){V(this,e)}},hs={M:kt,P:O,A:Et,C:1,L:ls,R:De,D:os,V,I:G,H:j,N:He,U:Ie,B:Ue,F:qe},sn=$t.litHtmlPolyfillSupport;sn?.(pe,G),($t.litHtmlVersions??=[]).push("3.3.3");var ps=(s,e,t)=>{let i=t?.renderBefore??e,n=i._$litPart$;if(n===void 0){let r=t?.renderBefore??null;i._$litPart$=n=new G(e.insertBefore(le(),r),r,void 0,t??{})}return n._$AI(s),n};var St=globalThis,B=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=ps(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return k}};B._$litElement$=!0,B.finalized=!0,St.litElementHydrateSupport?.({LitElement:B});var nn=St.litElementPolyfillSupport;nn?.({LitElement:B});(St.litElementVersions??=[]).push("4.2.2");var We=class{constructor(){this.lines=[];this.last=0}say(e){this.last+=1,this.lines=[...this.lines,{id:this.last,text:e}].slice(-4)}};var R=Object.create(null);R.open="0";R.close="1";R.ping="2";R.pong="3";R.message="4";R.upgrade="5";R.noop="6";var de=Object.create(null);Object.keys(R).forEach(s=>{de[R[s]]=s});var ue={type:"error",data:"parser error"};var fs=typeof Blob=="function"||typeof Blob<"u"&&Object.prototype.toString.call(Blob)==="[object BlobConstructor]",ms=typeof ArrayBuffer=="function",gs=s=>typeof ArrayBuffer.isView=="function"?ArrayBuffer.isView(s):s&&s.buffer instanceof ArrayBuffer,fe=({type:s,data:e},t,i)=>fs&&e instanceof Blob?t?i(e):ds(e,i):ms&&(e instanceof ArrayBuffer||gs(e))?t?i(e):ds(new Blob([e]),i):i(R[s]+(e||"")),ds=(s,e)=>{let t=new FileReader;return t.onload=function(){let i=t.result.split(",")[1];e("b"+(i||""))},t.readAsDataURL(s)};function us(s){return s instanceof Uint8Array?s:s instanceof ArrayBuffer?new Uint8Array(s):new Uint8Array(s.buffer,s.byteOffset,s.byteLength)}var Rt;function ys(s,e){if(fs&&s.data instanceof Blob)return s.data.arrayBuffer().then(us).then(e);if(ms&&(s.data instanceof ArrayBuffer||gs(s.data)))return e(us(s.data));fe(s,!1,t=>{Rt||(Rt=new TextEncoder),e(Rt.encode(t))})}var bs="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",me=typeof Uint8Array>"u"?[]:new Uint8Array(256);for(let s=0;s<bs.length;s++)me[bs.charCodeAt(s)]=s;var vs=s=>{let e=s.length*.75,t=s.length,i,n=0,r,o,a,c;s[s.length-1]==="="&&(e--,s[s.length-2]==="="&&e--);let u=new ArrayBuffer(e),f=new Uint8Array(u);for(i=0;i<t;i+=4)r=me[s.charCodeAt(i)],o=me[s.charCodeAt(i+1)],a=me[s.charCodeAt(i+2)],c=me[s.charCodeAt(i+3)],f[n++]=r<<2|o>>4,f[n++]=(o&15)<<4|a>>2,f[n++]=(a&3)<<6|c&63;return u};var rn=typeof ArrayBuffer=="function",ge=(s,e)=>{if(typeof s!="string")return{type:"message",data:xs(s,e)};let t=s.charAt(0);return t==="b"?{type:"message",data:on(s.substring(1),e)}:de[t]?s.length>1?{type:de[t],data:s.substring(1)}:{type:de[t]}:ue},on=(s,e)=>{if(rn){let t=vs(s);return xs(t,e)}else return{base64:!0,data:s}},xs=(s,e)=>e==="blob"?s instanceof Blob?s:new Blob([s]):s instanceof ArrayBuffer?s:s.buffer;var ws="",_s=(s,e)=>{let t=s.length,i=new Array(t),n=0;s.forEach((r,o)=>{fe(r,!1,a=>{i[o]=a,++n===t&&e(i.join(ws))})})},$s=(s,e)=>{let t=s.split(ws),i=[];for(let n=0;n<t.length;n++){let r=ge(t[n],e);if(i.push(r),r.type==="error")break}return i};function ks(){return new TransformStream({transform(s,e){ys(s,t=>{let i=t.length,n;if(i<126)n=new Uint8Array(1),new DataView(n.buffer).setUint8(0,i);else if(i<65536){n=new Uint8Array(3);let r=new DataView(n.buffer);r.setUint8(0,126),r.setUint16(1,i)}else{n=new Uint8Array(9);let r=new DataView(n.buffer);r.setUint8(0,127),r.setBigUint64(1,BigInt(i))}s.data&&typeof s.data!="string"&&(n[0]|=128),e.enqueue(n),e.enqueue(t)})}})}var Ct;function Fe(s){return s.reduce((e,t)=>e+t.length,0)}function ze(s,e){if(s[0].length===e)return s.shift();let t=new Uint8Array(e),i=0;for(let n=0;n<e;n++)t[n]=s[0][i++],i===s[0].length&&(s.shift(),i=0);return s.length&&i<s[0].length&&(s[0]=s[0].slice(i)),t}function Es(s,e){Ct||(Ct=new TextDecoder);let t=[],i=0,n=-1,r=!1;return new TransformStream({transform(o,a){for(t.push(o);;){if(i===0){if(Fe(t)<1)break;let c=ze(t,1);r=(c[0]&128)===128,n=c[0]&127,n<126?i=3:n===126?i=1:i=2}else if(i===1){if(Fe(t)<2)break;let c=ze(t,2);n=new DataView(c.buffer,c.byteOffset,c.length).getUint16(0),i=3}else if(i===2){if(Fe(t)<8)break;let c=ze(t,8),u=new DataView(c.buffer,c.byteOffset,c.length),f=u.getUint32(0);if(f>Math.pow(2,21)-1){a.enqueue(ue);break}n=f*Math.pow(2,32)+u.getUint32(4),i=3}else{if(Fe(t)<n)break;let c=ze(t,n);a.enqueue(ge(r?c:Ct.decode(c),e)),i=0}if(n===0||n>s){a.enqueue(ue);break}}}})}var Ot=4;function y(s){if(s)return an(s)}function an(s){for(var e in y.prototype)s[e]=y.prototype[e];return s}y.prototype.on=y.prototype.addEventListener=function(s,e){return this._callbacks=this._callbacks||{},(this._callbacks["$"+s]=this._callbacks["$"+s]||[]).push(e),this};y.prototype.once=function(s,e){function t(){this.off(s,t),e.apply(this,arguments)}return t.fn=e,this.on(s,t),this};y.prototype.off=y.prototype.removeListener=y.prototype.removeAllListeners=y.prototype.removeEventListener=function(s,e){if(this._callbacks=this._callbacks||{},arguments.length==0)return this._callbacks={},this;var t=this._callbacks["$"+s];if(!t)return this;if(arguments.length==1)return delete this._callbacks["$"+s],this;for(var i,n=0;n<t.length;n++)if(i=t[n],i===e||i.fn===e){t.splice(n,1);break}return t.length===0&&delete this._callbacks["$"+s],this};y.prototype.emit=function(s){this._callbacks=this._callbacks||{};for(var e=new Array(arguments.length-1),t=this._callbacks["$"+s],i=1;i<arguments.length;i++)e[i-1]=arguments[i];if(t){t=t.slice(0);for(var i=0,n=t.length;i<n;++i)t[i].apply(this,e)}return this};y.prototype.emitReserved=y.prototype.emit;y.prototype.listeners=function(s){return this._callbacks=this._callbacks||{},this._callbacks["$"+s]||[]};y.prototype.hasListeners=function(s){return!!this.listeners(s).length};var P=typeof Promise=="function"&&typeof Promise.resolve=="function"?e=>Promise.resolve().then(e):(e,t)=>t(e,0),$=typeof self<"u"?self:typeof window<"u"?window:Function("return this")(),Ts="arraybuffer";function Ve(s,...e){return e.reduce((t,i)=>(s.hasOwnProperty(i)&&(t[i]=s[i]),t),{})}var cn=$.setTimeout,ln=$.clearTimeout;function M(s,e){e.useNativeTimers?(s.setTimeoutFn=cn.bind($),s.clearTimeoutFn=ln.bind($)):(s.setTimeoutFn=$.setTimeout.bind($),s.clearTimeoutFn=$.clearTimeout.bind($))}var hn=1.33;function As(s){return typeof s=="string"?pn(s):Math.ceil((s.byteLength||s.size)*hn)}function pn(s){let e=0,t=0;for(let i=0,n=s.length;i<n;i++)e=s.charCodeAt(i),e<128?t+=1:e<2048?t+=2:e<55296||e>=57344?t+=3:(i++,t+=4);return t}function je(){return Date.now().toString(36).substring(3)+Math.random().toString(36).substring(2,5)}function Ss(s){let e="";for(let t in s)s.hasOwnProperty(t)&&(e.length&&(e+="&"),e+=encodeURIComponent(t)+"="+encodeURIComponent(s[t]));return e}function Rs(s){let e={},t=s.split("&");for(let i=0,n=t.length;i<n;i++){let r=t[i].split("=");e[decodeURIComponent(r[0])]=decodeURIComponent(r.slice(1).join("="))}return e}var Ke=class extends Error{constructor(e,t,i){super(e),this.description=t,this.context=i,this.type="TransportError"}},N=class extends y{constructor(e){super(),this.writable=!1,M(this,e),this.opts=e,this.query=e.query,this.socket=e.socket,this.supportsBinary=!e.forceBase64}onError(e,t,i){return super.emitReserved("error",new Ke(e,t,i)),this}open(){return this.readyState="opening",this.doOpen(),this}close(){return(this.readyState==="opening"||this.readyState==="open")&&(this.doClose(),this.onClose()),this}send(e){this.readyState==="open"&&this.write(e)}onOpen(){this.readyState="open",this.writable=!0,super.emitReserved("open")}onData(e){let t=ge(e,this.socket.binaryType);this.onPacket(t)}onPacket(e){super.emitReserved("packet",e)}onClose(e){this.readyState="closed",super.emitReserved("close",e)}pause(e){}createUri(e,t={}){return e+"://"+this._hostname()+this._port()+this.opts.path+this._query(t)}_hostname(){let e=this.opts.hostname;return e.indexOf(":")===-1?e:"["+e+"]"}_port(){return this.opts.port&&(this.opts.secure&&Number(this.opts.port)!==443||!this.opts.secure&&Number(this.opts.port)!==80)?":"+this.opts.port:""}_query(e){let t=Ss(e);return t.length?"?"+t:""}};var ye=class extends N{constructor(){super(...arguments),this._polling=!1}get name(){return"polling"}doOpen(){this._poll()}pause(e){this.readyState="pausing";let t=()=>{this.readyState="paused",e()};if(this._polling||!this.writable){let i=0;this._polling&&(i++,this.once("pollComplete",function(){--i||t()})),this.writable||(i++,this.once("drain",function(){--i||t()}))}else t()}_poll(){this._polling=!0,this.doPoll(),this.emitReserved("poll")}onData(e){let t=i=>{if(this.readyState==="opening"&&i.type==="open"&&this.onOpen(),i.type==="close")return this.onClose({description:"transport closed by the server"}),!1;this.onPacket(i)};$s(e,this.socket.binaryType).forEach(t),this.readyState!=="closed"&&(this._polling=!1,this.emitReserved("pollComplete"),this.readyState==="open"&&this._poll())}doClose(){let e=()=>{this.write([{type:"close"}])};this.readyState==="open"?e():this.once("open",e)}write(e){this.writable=!1,_s(e,t=>{this.doWrite(t,()=>{this.writable=!0,this.emitReserved("drain")})})}uri(){let e=this.opts.secure?"https":"http",t=this.query||{};return this.opts.timestampRequests!==!1&&(t[this.opts.timestampParam]=je()),!this.supportsBinary&&!t.sid&&(t.b64=1),this.createUri(e,t)}};var Cs=!1;try{Cs=typeof XMLHttpRequest<"u"&&"withCredentials"in new XMLHttpRequest}catch{}var Os=Cs;function dn(){}var Pt=class extends ye{constructor(e){if(super(e),typeof location<"u"){let t=location.protocol==="https:",i=location.port;i||(i=t?"443":"80"),this.xd=typeof location<"u"&&e.hostname!==location.hostname||i!==e.port}}doWrite(e,t){let i=this.request({method:"POST",data:e});i.on("success",t),i.on("error",(n,r)=>{this.onError("xhr post error",n,r)})}doPoll(){let e=this.request();e.on("data",this.onData.bind(this)),e.on("error",(t,i)=>{this.onError("xhr poll error",t,i)}),this.pollXhr=e}},D=class s extends y{constructor(e,t,i){super(),this.createRequest=e,M(this,i),this._opts=i,this._method=i.method||"GET",this._uri=t,this._data=i.data!==void 0?i.data:null,this._create()}_create(){var e;let t=Ve(this._opts,"agent","pfx","key","passphrase","cert","ca","ciphers","rejectUnauthorized","autoUnref");t.xdomain=!!this._opts.xd;let i=this._xhr=this.createRequest(t);try{i.open(this._method,this._uri,!0);try{if(this._opts.extraHeaders){i.setDisableHeaderCheck&&i.setDisableHeaderCheck(!0);for(let n in this._opts.extraHeaders)this._opts.extraHeaders.hasOwnProperty(n)&&i.setRequestHeader(n,this._opts.extraHeaders[n])}}catch{}if(this._method==="POST")try{i.setRequestHeader("Content-type","text/plain;charset=UTF-8")}catch{}try{i.setRequestHeader("Accept","*/*")}catch{}(e=this._opts.cookieJar)===null||e===void 0||e.addCookies(i),"withCredentials"in i&&(i.withCredentials=this._opts.withCredentials),this._opts.requestTimeout&&(i.timeout=this._opts.requestTimeout),i.onreadystatechange=()=>{var n;i.readyState===3&&((n=this._opts.cookieJar)===null||n===void 0||n.parseCookies(i.getResponseHeader("set-cookie"))),i.readyState===4&&(i.status===200||i.status===1223?this._onLoad():this.setTimeoutFn(()=>{this._onError(typeof i.status=="number"?i.status:0)},0))},i.send(this._data)}catch(n){this.setTimeoutFn(()=>{this._onError(n)},0);return}typeof document<"u"&&(this._index=s.requestsCount++,s.requests[this._index]=this)}_onError(e){this.emitReserved("error",e,this._xhr),this._cleanup(!0)}_cleanup(e){if(!(typeof this._xhr>"u"||this._xhr===null)){if(this._xhr.onreadystatechange=dn,e)try{this._xhr.abort()}catch{}typeof document<"u"&&delete s.requests[this._index],this._xhr=null}}_onLoad(){let e=this._xhr.responseText;e!==null&&(this.emitReserved("data",e),this.emitReserved("success"),this._cleanup())}abort(){this._cleanup()}};D.requestsCount=0;D.requests={};if(typeof document<"u"){if(typeof attachEvent=="function")attachEvent("onunload",Ps);else if(typeof addEventListener=="function"){let s="onpagehide"in $?"pagehide":"unload";addEventListener(s,Ps,!1)}}function Ps(){for(let s in D.requests)D.requests.hasOwnProperty(s)&&D.requests[s].abort()}var un=(function(){let s=Ms({xdomain:!1});return s&&s.responseType!==null})(),U=class extends Pt{constructor(e){super(e);let t=e&&e.forceBase64;this.supportsBinary=un&&!t}request(e={}){return Object.assign(e,{xd:this.xd},this.opts),new D(Ms,this.uri(),e)}};function Ms(s){let e=s.xdomain;try{if(typeof XMLHttpRequest<"u"&&(!e||Os))return new XMLHttpRequest}catch{}if(!e)try{return new $[["Active"].concat("Object").join("X")]("Microsoft.XMLHTTP")}catch{}}var Ns=typeof navigator<"u"&&typeof navigator.product=="string"&&navigator.product.toLowerCase()==="reactnative",Nt=class extends N{get name(){return"websocket"}doOpen(){let e=this.uri(),t=this.opts.protocols,i=Ns?{}:Ve(this.opts,"agent","perMessageDeflate","pfx","key","passphrase","cert","ca","ciphers","rejectUnauthorized","localAddress","protocolVersion","origin","maxPayload","family","checkServerIdentity");this.opts.extraHeaders&&(i.headers=this.opts.extraHeaders);try{this.ws=this.createSocket(e,t,i)}catch(n){return this.emitReserved("error",n)}this.ws.binaryType=this.socket.binaryType,this.addEventListeners()}addEventListeners(){this.ws.onopen=()=>{this.opts.autoUnref&&this.ws._socket.unref(),this.onOpen()},this.ws.onclose=e=>this.onClose({description:"websocket connection closed",context:e}),this.ws.onmessage=e=>this.onData(e.data),this.ws.onerror=e=>this.onError("websocket error",e)}write(e){this.writable=!1;for(let t=0;t<e.length;t++){let i=e[t],n=t===e.length-1;fe(i,this.supportsBinary,r=>{try{this.doWrite(i,r)}catch{}n&&P(()=>{this.writable=!0,this.emitReserved("drain")},this.setTimeoutFn)})}}doClose(){typeof this.ws<"u"&&(this.ws.onerror=()=>{},this.ws.close(),this.ws=null)}uri(){let e=this.opts.secure?"wss":"ws",t=this.query||{};return this.opts.timestampRequests&&(t[this.opts.timestampParam]=je()),this.supportsBinary||(t.b64=1),this.createUri(e,t)}},Mt=$.WebSocket||$.MozWebSocket,H=class extends Nt{createSocket(e,t,i){return Ns?new Mt(e,t,i):t?new Mt(e,t):new Mt(e)}doWrite(e,t){this.ws.send(t)}};var Q=class extends N{get name(){return"webtransport"}doOpen(){try{this._transport=new WebTransport(this.createUri("https"),this.opts.transportOptions[this.name])}catch(e){return this.emitReserved("error",e)}this._transport.closed.then(()=>{this.onClose()}).catch(e=>{this.onError("webtransport error",e)}),this._transport.ready.then(()=>{this._transport.createBidirectionalStream().then(e=>{let t=Es(Number.MAX_SAFE_INTEGER,this.socket.binaryType),i=e.readable.pipeThrough(t).getReader(),n=ks();n.readable.pipeTo(e.writable),this._writer=n.writable.getWriter();let r=()=>{i.read().then(({done:a,value:c})=>{a||(this.onPacket(c),r())}).catch(a=>{})};r();let o={type:"open"};this.query.sid&&(o.data=`{"sid":"${this.query.sid}"}`),this._writer.write(o).then(()=>this.onOpen())})})}write(e){this.writable=!1;for(let t=0;t<e.length;t++){let i=e[t],n=t===e.length-1;this._writer.write(i).then(()=>{n&&P(()=>{this.writable=!0,this.emitReserved("drain")},this.setTimeoutFn)})}}doClose(){var e;(e=this._transport)===null||e===void 0||e.close()}};var Lt={websocket:H,webtransport:Q,polling:U};var fn=/^(?:(?![^:@\/?#]+:[^:@\/]*@)(http|https|ws|wss):\/\/)?((?:(([^:@\/?#]*)(?::([^:@\/?#]*))?)?@)?((?:[a-f0-9]{0,4}:){2,7}[a-f0-9]{0,4}|[^:\/?#]*)(?::(\d*))?)(((\/(?:[^?#](?![^?#\/]*\.[^?#\/.]+(?:[?#]|$)))*\/?)?([^?#\/]*))(?:\?([^#]*))?(?:#(.*))?)/,mn=["source","protocol","authority","userInfo","user","password","host","port","relative","path","directory","file","query","anchor"];function Z(s){if(s.length>8e3)throw"URI too long";let e=s,t=s.indexOf("["),i=s.indexOf("]");t!=-1&&i!=-1&&(s=s.substring(0,t)+s.substring(t,i).replace(/:/g,";")+s.substring(i,s.length));let n=fn.exec(s||""),r={},o=14;for(;o--;)r[mn[o]]=n[o]||"";return t!=-1&&i!=-1&&(r.source=e,r.host=r.host.substring(1,r.host.length-1).replace(/;/g,":"),r.authority=r.authority.replace("[","").replace("]","").replace(/;/g,":"),r.ipv6uri=!0),r.pathNames=gn(r,r.path),r.queryKey=yn(r,r.query),r}function gn(s,e){let t=/\/{2,9}/g,i=e.replace(t,"/").split("/");return(e.slice(0,1)=="/"||e.length===0)&&i.splice(0,1),e.slice(-1)=="/"&&i.splice(i.length-1,1),i}function yn(s,e){let t={};return e.replace(/(?:^|&)([^&=]*)=?([^&]*)/g,function(i,n,r){n&&(t[n]=r)}),t}var Bt=typeof addEventListener=="function"&&typeof removeEventListener=="function",Ye=[];Bt&&addEventListener("offline",()=>{Ye.forEach(s=>s())},!1);var K=class s extends y{constructor(e,t={}){var i,n;if(super(),this.binaryType=Ts,this.writeBuffer=[],this._prevBufferLen=0,this._upgrades=[],this._pingInterval=-1,this._pingTimeout=-1,this._maxPayload=-1,this._pingTimeoutTime=1/0,e&&typeof e=="object"&&(t=e,e=null),e){let r=Z(e);t.hostname=r.host,t.secure=r.protocol==="https"||r.protocol==="wss",t.port=r.port,r.query&&(t.query=r.query)}else t.host&&(t.hostname=Z(t.host).host);if(M(this,t),this.secure=t.secure!=null?t.secure:typeof location<"u"&&location.protocol==="https:",t.hostname&&!t.port&&(t.port=this.secure?"443":"80"),this.hostname=t.hostname||(typeof location<"u"?location.hostname:"localhost"),this.port=t.port||(typeof location<"u"&&location.port?location.port:this.secure?"443":"80"),t.transportImplementations&&t.transports)throw new Error("specifying both 'transportImplementations' and 'transports' options is not supported");t.transportImplementations||!((i=t.transports)===null||i===void 0)&&i.length&&typeof t.transports[0]=="function"?(this.transports=[],this._transportsByName=Object.create(null),((n=t.transportImplementations)!==null&&n!==void 0?n:t.transports).forEach(r=>{let o=r.prototype.name;this.transports.push(o),this._transportsByName[o]=r})):(this.transports=t.transports?[...t.transports]:["polling","websocket","webtransport"],this._transportsByName=Lt),this.opts=Object.assign({path:"/engine.io",agent:!1,withCredentials:!1,upgrade:!0,timestampParam:"t",rememberUpgrade:!1,addTrailingSlash:!0,rejectUnauthorized:!0,perMessageDeflate:{threshold:1024},transportOptions:{},closeOnBeforeunload:!1},t),this.opts.path=this.opts.path.replace(/\/$/,"")+(this.opts.addTrailingSlash?"/":""),typeof this.opts.query=="string"&&(this.opts.query=Rs(this.opts.query)),Bt&&(this.opts.closeOnBeforeunload&&(this._beforeunloadEventListener=()=>{this.transport&&(this.transport.removeAllListeners(),this.transport.close())},addEventListener("beforeunload",this._beforeunloadEventListener,!1)),this.hostname!=="localhost"&&(this._offlineEventListener=()=>{this._onClose("transport close",{description:"network connection lost"})},Ye.push(this._offlineEventListener))),this.opts.withCredentials&&(this._cookieJar=void 0),this._open()}createTransport(e){let t=Object.assign({},this.opts.query);t.EIO=Ot,t.transport=e,this.id&&(t.sid=this.id);let i=Object.assign({},this.opts,{query:t,socket:this,hostname:this.hostname,secure:this.secure,port:this.port},this.opts.transportOptions[e]);return new this._transportsByName[e](i)}_open(){if(this.transports.length===0){this.setTimeoutFn(()=>{this.emitReserved("error","No transports available")},0);return}let e=this.opts.rememberUpgrade&&s.priorWebsocketSuccess&&this.transports.indexOf("websocket")!==-1?"websocket":this.transports[0];this.readyState="opening";let t=this.createTransport(e);t.open(),this.setTransport(t)}setTransport(e){this.transport&&this.transport.removeAllListeners(),this.transport=e,e.on("drain",this._onDrain.bind(this)).on("packet",this._onPacket.bind(this)).on("error",this._onError.bind(this)).on("close",t=>this._onClose("transport close",t))}_probe(e){let t=this.createTransport(e),i=!1;s.priorWebsocketSuccess=!1;let n=()=>{i||(t.send([{type:"ping",data:"probe"}]),t.once("packet",p=>{if(!i)if(p.type==="pong"&&p.data==="probe"){if(this.upgrading=!0,this.emitReserved("upgrading",t),!t)return;s.priorWebsocketSuccess=t.name==="websocket",this.transport.pause(()=>{i||this.readyState!=="closed"&&(f(),this.setTransport(t),t.send([{type:"upgrade"}]),this.emitReserved("upgrade",t),t=null,this.upgrading=!1,this.flush())})}else{let m=new Error("probe error");m.transport=t.name,this.emitReserved("upgradeError",m)}}))};function r(){i||(i=!0,f(),t.close(),t=null)}let o=p=>{let m=new Error("probe error: "+p);m.transport=t.name,r(),this.emitReserved("upgradeError",m)};function a(){o("transport closed")}function c(){o("socket closed")}function u(p){t&&p.name!==t.name&&r()}let f=()=>{t.removeListener("open",n),t.removeListener("error",o),t.removeListener("close",a),this.off("close",c),this.off("upgrading",u)};t.once("open",n),t.once("error",o),t.once("close",a),this.once("close",c),this.once("upgrading",u),this._upgrades.indexOf("webtransport")!==-1&&e!=="webtransport"?this.setTimeoutFn(()=>{i||t.open()},200):t.open()}onOpen(){if(this.readyState="open",s.priorWebsocketSuccess=this.transport.name==="websocket",this.emitReserved("open"),this.flush(),this.readyState==="open"&&this.opts.upgrade)for(let e=0;e<this._upgrades.length;e++)this._probe(this._upgrades[e])}_onPacket(e){if(this.readyState==="opening"||this.readyState==="open"||this.readyState==="closing")switch(this.emitReserved("packet",e),this.emitReserved("heartbeat"),e.type){case"open":this.onHandshake(JSON.parse(e.data));break;case"ping":this._sendPacket("pong"),this.emitReserved("ping"),this.emitReserved("pong"),this._resetPingTimeout();break;case"error":let t=new Error("server error");t.code=e.data,this._onError(t);break;case"message":this.emitReserved("data",e.data),this.emitReserved("message",e.data);break}}onHandshake(e){this.emitReserved("handshake",e),this.id=e.sid,this.transport.query.sid=e.sid,this._upgrades=this._filterUpgrades(e.upgrades),this._pingInterval=e.pingInterval,this._pingTimeout=e.pingTimeout,this._maxPayload=e.maxPayload,this.onOpen(),this.readyState!=="closed"&&this._resetPingTimeout()}_resetPingTimeout(){this.clearTimeoutFn(this._pingTimeoutTimer);let e=this._pingInterval+this._pingTimeout;this._pingTimeoutTime=Date.now()+e,this._pingTimeoutTimer=this.setTimeoutFn(()=>{this._onClose("ping timeout")},e),this.opts.autoUnref&&this._pingTimeoutTimer.unref()}_onDrain(){this.writeBuffer.splice(0,this._prevBufferLen),this._prevBufferLen=0,this.writeBuffer.length===0?this.emitReserved("drain"):this.flush()}flush(){if(this.readyState!=="closed"&&this.transport.writable&&!this.upgrading&&this.writeBuffer.length){let e=this._getWritablePackets();this.transport.send(e),this._prevBufferLen=e.length,this.emitReserved("flush")}}_getWritablePackets(){if(!(this._maxPayload&&this.transport.name==="polling"&&this.writeBuffer.length>1))return this.writeBuffer;let t=1;for(let i=0;i<this.writeBuffer.length;i++){let n=this.writeBuffer[i].data;if(n&&(t+=As(n)),i>0&&t>this._maxPayload)return this.writeBuffer.slice(0,i);t+=2}return this.writeBuffer}_hasPingExpired(){if(!this._pingTimeoutTime)return!0;let e=Date.now()>this._pingTimeoutTime;return e&&(this._pingTimeoutTime=0,P(()=>{this._onClose("ping timeout")},this.setTimeoutFn)),e}write(e,t,i){return this._sendPacket("message",e,t,i),this}send(e,t,i){return this._sendPacket("message",e,t,i),this}_sendPacket(e,t,i,n){if(typeof t=="function"&&(n=t,t=void 0),typeof i=="function"&&(n=i,i=null),this.readyState==="closing"||this.readyState==="closed")return;i=i||{},i.compress=i.compress!==!1;let r={type:e,data:t,options:i};this.emitReserved("packetCreate",r),this.writeBuffer.push(r),n&&this.once("flush",n),this.flush()}close(){let e=()=>{this._onClose("forced close"),this.transport.close()},t=()=>{this.off("upgrade",t),this.off("upgradeError",t),e()},i=()=>{this.once("upgrade",t),this.once("upgradeError",t)};return(this.readyState==="opening"||this.readyState==="open")&&(this.readyState="closing",this.writeBuffer.length?this.once("drain",()=>{this.upgrading?i():e()}):this.upgrading?i():e()),this}_onError(e){if(s.priorWebsocketSuccess=!1,this.opts.tryAllTransports&&this.transports.length>1&&this.readyState==="opening")return this.transports.shift(),this._open();this.emitReserved("error",e),this._onClose("transport error",e)}_onClose(e,t){if(this.readyState==="opening"||this.readyState==="open"||this.readyState==="closing"){if(this.clearTimeoutFn(this._pingTimeoutTimer),this.transport.removeAllListeners("close"),this.transport.close(),this.transport.removeAllListeners(),Bt&&(this._beforeunloadEventListener&&removeEventListener("beforeunload",this._beforeunloadEventListener,!1),this._offlineEventListener)){let i=Ye.indexOf(this._offlineEventListener);i!==-1&&Ye.splice(i,1)}this.readyState="closed",this.id=null,this.emitReserved("close",e,t),this.writeBuffer=[],this._prevBufferLen=0}}_filterUpgrades(e){let t=[];for(let i=0;i<e.length;i++)~this.transports.indexOf(e[i])&&t.push(e[i]);return t}};K.protocol=Ot;var Fo=K.protocol;function Ls(s,e="",t){let i=s;t=t||typeof location<"u"&&location,s==null&&(s=t.protocol+"//"+t.host),typeof s=="string"&&(s.charAt(0)==="/"&&(s.charAt(1)==="/"?s=t.protocol+s:s=t.host+s),/^(https?|wss?):\/\//.test(s)||(typeof t<"u"?s=t.protocol+"//"+s:s="https://"+s),i=Z(s)),i.port||(/^(http|ws)$/.test(i.protocol)?i.port="80":/^(http|ws)s$/.test(i.protocol)&&(i.port="443")),i.path=i.path||"/";let r=i.host.indexOf(":")!==-1?"["+i.host+"]":i.host;return i.id=i.protocol+"://"+r+":"+i.port+e,i.href=i.protocol+"://"+r+(t&&t.port===i.port?"":":"+i.port),i}var Ht={};ji(Ht,{Decoder:()=>we,Encoder:()=>xe,PacketType:()=>d,isPacketValid:()=>Tn,protocol:()=>Is});var vn=typeof ArrayBuffer=="function",xn=s=>typeof ArrayBuffer.isView=="function"?ArrayBuffer.isView(s):s.buffer instanceof ArrayBuffer,Bs=Object.prototype.toString,wn=typeof Blob=="function"||typeof Blob<"u"&&Bs.call(Blob)==="[object BlobConstructor]",_n=typeof File=="function"||typeof File<"u"&&Bs.call(File)==="[object FileConstructor]";function ve(s){return vn&&(s instanceof ArrayBuffer||xn(s))||wn&&s instanceof Blob||_n&&s instanceof File}function be(s,e){if(!s||typeof s!="object")return!1;if(Array.isArray(s)){for(let t=0,i=s.length;t<i;t++)if(be(s[t]))return!0;return!1}if(ve(s))return!0;if(s.toJSON&&typeof s.toJSON=="function"&&arguments.length===1)return be(s.toJSON(),!0);for(let t in s)if(Object.prototype.hasOwnProperty.call(s,t)&&be(s[t]))return!0;return!1}function Ds(s){let e=[],t=s.data,i=s;return i.data=Je(t,e),i.attachments=e.length,{packet:i,buffers:e}}function Je(s,e,t){if(!s)return s;if(ve(s)){let i={_placeholder:!0,num:e.length};return e.push(s),i}else if(Array.isArray(s)){let i=new Array(s.length);for(let n=0;n<s.length;n++)i[n]=Je(s[n],e);return i}else if(typeof s=="object"&&!(s instanceof Date)){if(s.toJSON&&typeof s.toJSON=="function"&&!t)return Je(s.toJSON(),e,!0);let i={};for(let n in s)Object.prototype.hasOwnProperty.call(s,n)&&(i[n]=Je(s[n],e));return i}return s}function Us(s,e){return s.data=Dt(s.data,e),delete s.attachments,s}function Dt(s,e){if(!s)return s;if(s&&s._placeholder===!0){if(typeof s.num=="number"&&s.num>=0&&s.num<e.length)return e[s.num];throw new Error("illegal attachments")}else if(Array.isArray(s))for(let t=0;t<s.length;t++)s[t]=Dt(s[t],e);else if(typeof s=="object")for(let t in s)Object.prototype.hasOwnProperty.call(s,t)&&(s[t]=Dt(s[t],e));return s}var Hs=["connect","connect_error","disconnect","disconnecting","newListener","removeListener"],Is=5,d;(function(s){s[s.CONNECT=0]="CONNECT",s[s.DISCONNECT=1]="DISCONNECT",s[s.EVENT=2]="EVENT",s[s.ACK=3]="ACK",s[s.CONNECT_ERROR=4]="CONNECT_ERROR",s[s.BINARY_EVENT=5]="BINARY_EVENT",s[s.BINARY_ACK=6]="BINARY_ACK"})(d||(d={}));var xe=class{constructor(e){this.replacer=e}encode(e){return(e.type===d.EVENT||e.type===d.ACK)&&be(e)?this.encodeAsBinary({type:e.type===d.EVENT?d.BINARY_EVENT:d.BINARY_ACK,nsp:e.nsp,data:e.data,id:e.id}):[this.encodeAsString(e)]}encodeAsString(e){let t=""+e.type;return(e.type===d.BINARY_EVENT||e.type===d.BINARY_ACK)&&(t+=e.attachments+"-"),e.nsp&&e.nsp!=="/"&&(t+=e.nsp+","),e.id!=null&&(t+=e.id),e.data!=null&&(t+=JSON.stringify(e.data,this.replacer)),t}encodeAsBinary(e){let t=Ds(e),i=this.encodeAsString(t.packet),n=t.buffers;return n.unshift(i),n}},we=class s extends y{constructor(e){super(),this.opts=Object.assign({reviver:void 0,maxAttachments:10},typeof e=="function"?{reviver:e}:e)}add(e){let t;if(typeof e=="string"){if(this.reconstructor)throw new Error("got plaintext data when reconstructing a packet");t=this.decodeString(e);let i=t.type===d.BINARY_EVENT;i||t.type===d.BINARY_ACK?(t.type=i?d.EVENT:d.ACK,this.reconstructor=new Ut(t)):super.emitReserved("decoded",t)}else if(ve(e)||e.base64)if(this.reconstructor)t=this.reconstructor.takeBinaryData(e),t&&(this.reconstructor=null,super.emitReserved("decoded",t));else throw new Error("got binary data when not reconstructing a packet");else throw new Error("Unknown type: "+e)}decodeString(e){let t=0,i={type:Number(e.charAt(0))};if(d[i.type]===void 0)throw new Error("unknown packet type "+i.type);if(i.type===d.BINARY_EVENT||i.type===d.BINARY_ACK){let r=t+1;for(;e.charAt(++t)!=="-"&&t!=e.length;);let o=e.substring(r,t);if(o!=Number(o)||e.charAt(t)!=="-")throw new Error("Illegal attachments");let a=Number(o);if(!qs(a)||a<1)throw new Error("Illegal attachments");if(a>this.opts.maxAttachments)throw new Error("too many attachments");i.attachments=a}if(e.charAt(t+1)==="/"){let r=t+1;for(;++t&&!(e.charAt(t)===","||t===e.length););i.nsp=e.substring(r,t)}else i.nsp="/";let n=e.charAt(t+1);if(n!==""&&Number(n)==n){let r=t+1;for(;++t;){let o=e.charAt(t);if(o==null||Number(o)!=o){--t;break}if(t===e.length)break}i.id=Number(e.substring(r,t+1))}if(e.charAt(++t)){let r=this.tryParse(e.substr(t));if(s.isPayloadValid(i.type,r))i.data=r;else throw new Error("invalid payload")}return i}tryParse(e){try{return JSON.parse(e,this.opts.reviver)}catch{return!1}}static isPayloadValid(e,t){switch(e){case d.CONNECT:return Xe(t);case d.DISCONNECT:return t===void 0;case d.CONNECT_ERROR:return typeof t=="string"||Xe(t);case d.EVENT:case d.BINARY_EVENT:return Array.isArray(t)&&(typeof t[0]=="number"||typeof t[0]=="string"&&Hs.indexOf(t[0])===-1);case d.ACK:case d.BINARY_ACK:return Array.isArray(t)}}destroy(){this.reconstructor&&(this.reconstructor.finishedReconstruction(),this.reconstructor=null)}},Ut=class{constructor(e){this.packet=e,this.buffers=[],this.reconPack=e}takeBinaryData(e){if(this.buffers.push(e),this.buffers.length===this.reconPack.attachments){let t=Us(this.reconPack,this.buffers);return this.finishedReconstruction(),t}return null}finishedReconstruction(){this.reconPack=null,this.buffers=[]}};function $n(s){return typeof s=="string"}var qs=Number.isInteger||function(s){return typeof s=="number"&&isFinite(s)&&Math.floor(s)===s};function kn(s){return s===void 0||qs(s)}function Xe(s){return Object.prototype.toString.call(s)==="[object Object]"}function En(s,e){switch(s){case d.CONNECT:return e===void 0||Xe(e);case d.DISCONNECT:return e===void 0;case d.EVENT:return Array.isArray(e)&&(typeof e[0]=="number"||typeof e[0]=="string"&&Hs.indexOf(e[0])===-1);case d.ACK:return Array.isArray(e);case d.CONNECT_ERROR:return typeof e=="string"||Xe(e);default:return!1}}function Tn(s){return $n(s.nsp)&&kn(s.id)&&En(s.type,s.data)}function T(s,e,t){return s.on(e,t),function(){s.off(e,t)}}var An=Object.freeze({connect:1,connect_error:1,disconnect:1,disconnecting:1,newListener:1,removeListener:1}),ee=class extends y{constructor(e,t,i){super(),this.connected=!1,this.recovered=!1,this.receiveBuffer=[],this.sendBuffer=[],this._queue=[],this._queueSeq=0,this.ids=0,this.acks={},this.flags={},this.io=e,this.nsp=t,i&&i.auth&&(this.auth=i.auth),this._opts=Object.assign({},i),this.io._autoConnect&&this.open()}get disconnected(){return!this.connected}subEvents(){if(this.subs)return;let e=this.io;this.subs=[T(e,"open",this.onopen.bind(this)),T(e,"packet",this.onpacket.bind(this)),T(e,"error",this.onerror.bind(this)),T(e,"close",this.onclose.bind(this))]}get active(){return!!this.subs}connect(){return this.connected?this:(this.subEvents(),this.io._reconnecting||this.io.open(),this.io._readyState==="open"&&this.onopen(),this)}open(){return this.connect()}send(...e){return e.unshift("message"),this.emit.apply(this,e),this}emit(e,...t){var i,n,r;if(An.hasOwnProperty(e))throw new Error('"'+e.toString()+'" is a reserved event name');if(t.unshift(e),this._opts.retries&&!this.flags.fromQueue&&!this.flags.volatile)return this._addToQueue(t),this;let o={type:d.EVENT,data:t};if(o.options={},o.options.compress=this.flags.compress!==!1,typeof t[t.length-1]=="function"){let f=this.ids++,p=t.pop();this._registerAckCallback(f,p),o.id=f}let a=(n=(i=this.io.engine)===null||i===void 0?void 0:i.transport)===null||n===void 0?void 0:n.writable,c=this.connected&&!(!((r=this.io.engine)===null||r===void 0)&&r._hasPingExpired());return this.flags.volatile&&!a||(c?(this.notifyOutgoingListeners(o),this.packet(o)):this.sendBuffer.push(o)),this.flags={},this}_registerAckCallback(e,t){var i;let n=(i=this.flags.timeout)!==null&&i!==void 0?i:this._opts.ackTimeout;if(n===void 0){this.acks[e]=t;return}let r=this.io.setTimeoutFn(()=>{delete this.acks[e];for(let a=0;a<this.sendBuffer.length;a++)this.sendBuffer[a].id===e&&this.sendBuffer.splice(a,1);t.call(this,new Error("operation has timed out"))},n),o=(...a)=>{this.io.clearTimeoutFn(r),t.apply(this,a)};o.withError=!0,this.acks[e]=o}emitWithAck(e,...t){return new Promise((i,n)=>{let r=(o,a)=>o?n(o):i(a);r.withError=!0,t.push(r),this.emit(e,...t)})}_addToQueue(e){let t;typeof e[e.length-1]=="function"&&(t=e.pop());let i={id:this._queueSeq++,tryCount:0,pending:!1,args:e,flags:Object.assign({fromQueue:!0},this.flags)};e.push((n,...r)=>(this._queue[0],n!==null?i.tryCount>this._opts.retries&&(this._queue.shift(),t&&t(n)):(this._queue.shift(),t&&t(null,...r)),i.pending=!1,this._drainQueue())),this._queue.push(i),this._drainQueue()}_drainQueue(e=!1){if(!this.connected||this._queue.length===0)return;let t=this._queue[0];t.pending&&!e||(t.pending=!0,t.tryCount++,this.flags=t.flags,this.emit.apply(this,t.args))}packet(e){e.nsp=this.nsp,this.io._packet(e)}onopen(){typeof this.auth=="function"?this.auth(e=>{this._sendConnectPacket(e)}):this._sendConnectPacket(this.auth)}_sendConnectPacket(e){this.packet({type:d.CONNECT,data:this._pid?Object.assign({pid:this._pid,offset:this._lastOffset},e):e})}onerror(e){this.connected||this.emitReserved("connect_error",e)}onclose(e,t){this.connected=!1,delete this.id,this.emitReserved("disconnect",e,t),this._clearAcks()}_clearAcks(){Object.keys(this.acks).forEach(e=>{if(!this.sendBuffer.some(i=>String(i.id)===e)){let i=this.acks[e];delete this.acks[e],i.withError&&i.call(this,new Error("socket has been disconnected"))}})}onpacket(e){if(e.nsp===this.nsp)switch(e.type){case d.CONNECT:e.data&&e.data.sid?this.onconnect(e.data.sid,e.data.pid):this.emitReserved("connect_error",new Error("It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)"));break;case d.EVENT:case d.BINARY_EVENT:this.onevent(e);break;case d.ACK:case d.BINARY_ACK:this.onack(e);break;case d.DISCONNECT:this.ondisconnect();break;case d.CONNECT_ERROR:this.destroy();let i=new Error(e.data.message);i.data=e.data.data,this.emitReserved("connect_error",i);break}}onevent(e){let t=e.data||[];e.id!=null&&t.push(this.ack(e.id)),this.connected?this.emitEvent(t):this.receiveBuffer.push(Object.freeze(t))}emitEvent(e){if(this._anyListeners&&this._anyListeners.length){let t=this._anyListeners.slice();for(let i of t)i.apply(this,e)}super.emit.apply(this,e),this._pid&&e.length&&typeof e[e.length-1]=="string"&&(this._lastOffset=e[e.length-1])}ack(e){let t=this,i=!1;return function(...n){i||(i=!0,t.packet({type:d.ACK,id:e,data:n}))}}onack(e){let t=this.acks[e.id];typeof t=="function"&&(delete this.acks[e.id],t.withError&&e.data.unshift(null),t.apply(this,e.data))}onconnect(e,t){this.id=e,this.recovered=t&&this._pid===t,this._pid=t,this.connected=!0,this.emitBuffered(),this._drainQueue(!0),this.emitReserved("connect")}emitBuffered(){this.receiveBuffer.forEach(e=>this.emitEvent(e)),this.receiveBuffer=[],this.sendBuffer.forEach(e=>{this.notifyOutgoingListeners(e),this.packet(e)}),this.sendBuffer=[]}ondisconnect(){this.destroy(),this.onclose("io server disconnect")}destroy(){this.subs&&(this.subs.forEach(e=>e()),this.subs=void 0),this.io._destroy(this)}disconnect(){return this.connected&&this.packet({type:d.DISCONNECT}),this.destroy(),this.connected&&this.onclose("io client disconnect"),this}close(){return this.disconnect()}compress(e){return this.flags.compress=e,this}get volatile(){return this.flags.volatile=!0,this}timeout(e){return this.flags.timeout=e,this}onAny(e){return this._anyListeners=this._anyListeners||[],this._anyListeners.push(e),this}prependAny(e){return this._anyListeners=this._anyListeners||[],this._anyListeners.unshift(e),this}offAny(e){if(!this._anyListeners)return this;if(e){let t=this._anyListeners;for(let i=0;i<t.length;i++)if(e===t[i])return t.splice(i,1),this}else this._anyListeners=[];return this}listenersAny(){return this._anyListeners||[]}onAnyOutgoing(e){return this._anyOutgoingListeners=this._anyOutgoingListeners||[],this._anyOutgoingListeners.push(e),this}prependAnyOutgoing(e){return this._anyOutgoingListeners=this._anyOutgoingListeners||[],this._anyOutgoingListeners.unshift(e),this}offAnyOutgoing(e){if(!this._anyOutgoingListeners)return this;if(e){let t=this._anyOutgoingListeners;for(let i=0;i<t.length;i++)if(e===t[i])return t.splice(i,1),this}else this._anyOutgoingListeners=[];return this}listenersAnyOutgoing(){return this._anyOutgoingListeners||[]}notifyOutgoingListeners(e){if(this._anyOutgoingListeners&&this._anyOutgoingListeners.length){let t=this._anyOutgoingListeners.slice();for(let i of t)i.apply(this,e.data)}}};function Y(s){s=s||{},this.ms=s.min||100,this.max=s.max||1e4,this.factor=s.factor||2,this.jitter=s.jitter>0&&s.jitter<=1?s.jitter:0,this.attempts=0}Y.prototype.duration=function(){var s=this.ms*Math.pow(this.factor,this.attempts++);if(this.jitter){var e=Math.random(),t=Math.floor(e*this.jitter*s);s=(Math.floor(e*10)&1)==0?s-t:s+t}return Math.min(s,this.max)|0};Y.prototype.reset=function(){this.attempts=0};Y.prototype.setMin=function(s){this.ms=s};Y.prototype.setMax=function(s){this.max=s};Y.prototype.setJitter=function(s){this.jitter=s};var te=class extends y{constructor(e,t){var i;super(),this.nsps={},this.subs=[],e&&typeof e=="object"&&(t=e,e=void 0),t=t||{},t.path=t.path||"/socket.io",this.opts=t,M(this,t),this.reconnection(t.reconnection!==!1),this.reconnectionAttempts(t.reconnectionAttempts||1/0),this.reconnectionDelay(t.reconnectionDelay||1e3),this.reconnectionDelayMax(t.reconnectionDelayMax||5e3),this.randomizationFactor((i=t.randomizationFactor)!==null&&i!==void 0?i:.5),this.backoff=new Y({min:this.reconnectionDelay(),max:this.reconnectionDelayMax(),jitter:this.randomizationFactor()}),this.timeout(t.timeout==null?2e4:t.timeout),this._readyState="closed",this.uri=e;let n=t.parser||Ht;this.encoder=new n.Encoder,this.decoder=new n.Decoder,this._autoConnect=t.autoConnect!==!1,this._autoConnect&&this.open()}reconnection(e){return arguments.length?(this._reconnection=!!e,e||(this.skipReconnect=!0),this):this._reconnection}reconnectionAttempts(e){return e===void 0?this._reconnectionAttempts:(this._reconnectionAttempts=e,this)}reconnectionDelay(e){var t;return e===void 0?this._reconnectionDelay:(this._reconnectionDelay=e,(t=this.backoff)===null||t===void 0||t.setMin(e),this)}randomizationFactor(e){var t;return e===void 0?this._randomizationFactor:(this._randomizationFactor=e,(t=this.backoff)===null||t===void 0||t.setJitter(e),this)}reconnectionDelayMax(e){var t;return e===void 0?this._reconnectionDelayMax:(this._reconnectionDelayMax=e,(t=this.backoff)===null||t===void 0||t.setMax(e),this)}timeout(e){return arguments.length?(this._timeout=e,this):this._timeout}maybeReconnectOnOpen(){!this._reconnecting&&this._reconnection&&this.backoff.attempts===0&&this.reconnect()}open(e){if(~this._readyState.indexOf("open"))return this;this.engine=new K(this.uri,this.opts);let t=this.engine,i=this;this._readyState="opening",this.skipReconnect=!1;let n=T(t,"open",function(){i.onopen(),e&&e()}),r=a=>{this.cleanup(),this._readyState="closed",this.emitReserved("error",a),e?e(a):this.maybeReconnectOnOpen()},o=T(t,"error",r);if(this._timeout!==!1){let a=this._timeout,c=this.setTimeoutFn(()=>{n(),r(new Error("timeout")),t.close()},a);this.opts.autoUnref&&c.unref(),this.subs.push(()=>{this.clearTimeoutFn(c)})}return this.subs.push(n),this.subs.push(o),this}connect(e){return this.open(e)}onopen(){this.cleanup(),this._readyState="open",this.emitReserved("open");let e=this.engine;this.subs.push(T(e,"ping",this.onping.bind(this)),T(e,"data",this.ondata.bind(this)),T(e,"error",this.onerror.bind(this)),T(e,"close",this.onclose.bind(this)),T(this.decoder,"decoded",this.ondecoded.bind(this)))}onping(){this.emitReserved("ping")}ondata(e){try{this.decoder.add(e)}catch(t){this.onclose("parse error",t)}}ondecoded(e){P(()=>{this.emitReserved("packet",e)},this.setTimeoutFn)}onerror(e){this.emitReserved("error",e)}socket(e,t){let i=this.nsps[e];return i?this._autoConnect&&!i.active&&i.connect():(i=new ee(this,e,t),this.nsps[e]=i),i}_destroy(e){let t=Object.keys(this.nsps);for(let i of t)if(this.nsps[i].active)return;this._close()}_packet(e){let t=this.encoder.encode(e);for(let i=0;i<t.length;i++)this.engine.write(t[i],e.options)}cleanup(){this.subs.forEach(e=>e()),this.subs.length=0,this.decoder.destroy()}_close(){this.skipReconnect=!0,this._reconnecting=!1,this.onclose("forced close")}disconnect(){return this._close()}onclose(e,t){var i;this.cleanup(),(i=this.engine)===null||i===void 0||i.close(),this.backoff.reset(),this._readyState="closed",this.emitReserved("close",e,t),this._reconnection&&!this.skipReconnect&&this.reconnect()}reconnect(){if(this._reconnecting||this.skipReconnect)return this;let e=this;if(this.backoff.attempts>=this._reconnectionAttempts)this.backoff.reset(),this.emitReserved("reconnect_failed"),this._reconnecting=!1;else{let t=this.backoff.duration();this._reconnecting=!0;let i=this.setTimeoutFn(()=>{e.skipReconnect||(this.emitReserved("reconnect_attempt",e.backoff.attempts),!e.skipReconnect&&e.open(n=>{n?(e._reconnecting=!1,e.reconnect(),this.emitReserved("reconnect_error",n)):e.onreconnect()}))},t);this.opts.autoUnref&&i.unref(),this.subs.push(()=>{this.clearTimeoutFn(i)})}}onreconnect(){let e=this.backoff.attempts;this._reconnecting=!1,this.backoff.reset(),this.emitReserved("reconnect",e)}};var _e={};function $e(s,e){typeof s=="object"&&(e=s,s=void 0),e=e||{};let t=Ls(s,e.path||"/socket.io"),i=t.source,n=t.id,r=t.path,o=_e[n]&&r in _e[n].nsps,a=e.forceNew||e["force new connection"]||e.multiplex===!1||o,c;return a?c=new te(i,e):(_e[n]||(_e[n]=new te(i,e)),c=_e[n]),t.query&&!e.query&&(e.query=t.queryKey),c.socket(t.path,e)}Object.assign($e,{Manager:te,Socket:ee,io:$e,connect:$e});var Sn=[Array,String,Number,Boolean,Object].map(s=>s.prototype);function Ge(s){let e=Sn.filter(t=>Object.hasOwn(t,"toJSON")).map(t=>[t,t.toJSON]);for(let[t]of e)delete t.toJSON;try{return s()}finally{for(let[t,i]of e)t.toJSON=i}}var Rn=8e3,Cn=3e3,It=class extends xe{encode(e){return Ge(()=>super.encode(e))}},Qe=class{constructor(e,t){this.server=e;this.heard=t;this.warned=!1;let i=new URL(e,location.href);this.socket=$e(i.origin,{path:`${i.pathname.replace(/\/$/,"")}/socket.io`,parser:{Encoder:It,Decoder:we},transports:["websocket","polling"],tryAllTransports:!0,timeout:Rn,reconnectionDelay:500,reconnectionDelayMax:5e3});for(let[n,r]of Object.entries(t))this.socket.on(n,(o,a)=>{r(o),typeof a=="function"&&a()});this.socket.on("disconnect",n=>{this.lost(),n==="io server disconnect"&&this.comeBack()}),this.socket.on("connect_error",n=>this.failed(n)),window.addEventListener("offline",()=>this.socket.disconnect()),window.addEventListener("online",()=>this.socket.connect())}connect(){this.socket.connect()}emit(e,t){this.socket.emit(e,t)}ask(e,t,i){return this.socket.timeout(i).emitWithAck(e,t)}failed(e){this.warned||(this.warned=!0,console.warn(`OptFM: нет связи с ${this.server} (${e.message}). Сервер запущен? Есть ли ${location.origin} в его WIDGET_ORIGINS, пропускает ли прокси /socket.io, разрешает ли connect-src политики CSP?`)),e.message==="timeout"&&(this.socket.io.opts.transports=["polling","websocket"]),this.socket.active||this.comeBack(),this.lost()}comeBack(){setTimeout(()=>this.socket.connect(),Cn*(1+Math.random()))}lost(){this.heard.lost?.(void 0)}};function ke(){let s=crypto.getRandomValues(new Uint8Array(16));return Array.from(s,e=>e.toString(16).padStart(2,"0")).join("")}function Ze(s,e,t=Date.now()){let i=x(s),n=c=>On(c,e),r=x(i.custom??i.data),o=r.manager===void 0?void 0:x(r.manager),a=Pn(i.from,o!==void 0);return{id:b(i.message_id)||b(i.id)||ke(),from:a,text:b(i.text),at:Mn(i.at??i.timestamp,t),buttons:Ee(i.buttons??i.quick_replies).map(Nn).filter(Ln),rows:Ee(r.rows).map(Bn).filter(c=>c.name!==""),file:Dn(i.file??r.file??Ws(i,"file"),n),image:n(i.image)??n(Ws(i,"image").src),name:b(o?.name)||b(i.name)||void 0,consent:x(r.form).field==="consent"||void 0,state:a==="user"?"sent":void 0}}function et(s){return!!(s.text||s.rows.length||s.file||s.image)}function On(s,e){let t=b(s);return/^\/(?!\/)/.test(t)?e+t:/^https?:\/\//.test(t)?t:void 0}function x(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)?s:{}}function Ee(s){return Array.isArray(s)?s:[]}function b(s){return typeof s=="string"?s:""}function Pn(s,e){return s==="user"||s==="manager"?s:e?"manager":"bot"}function Mn(s,e){if(typeof s=="number")return s<1e11?s*1e3:s;let t=typeof s=="string"?Date.parse(s):NaN;return Number.isNaN(t)?e:t}function Nn(s){let e=x(s);return{title:b(e.title),payload:b(e.payload)||b(e.title)}}function Ln(s){return s.title!==""}function Bn(s){let e=x(s),t=Number(e.price)||0;return{code:b(e.code),name:b(e.name).split(/\s+/).filter(Boolean).join(" "),price:t,finalPrice:Number(e.final_price)||t,status:b(e.status),colours:Ee(e.colours).map(b).filter(Boolean)}}function Dn(s,e){let t=x(s),i=e(t.url??t.src),n=b(t.name)||(i?.split("/").pop()??"");if(n)return{name:n,size:Number(t.size)||0,mime:b(t.mime),url:i}}function Ws(s,e){let t=x(s.attachment);return t.type===e?x(t.payload):{}}var qt=1e7,Fs="image/jpeg,image/png,image/webp,image/gif,.heic,.pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.mp4,.ogg,.mp3,.m4a",Un=/\.(jpe?g|png|webp|gif|heic|pdf|docx?|xlsx?|txt|csv|mp4|ogg|mp3|m4a)$/i;function zs(s){return Un.test(s.name)?s.size===0?"fileEmpty":s.size>qt?"fileTooBig":null:"fileWrong"}function Vs(s,e,t,i,n){return new Promise((r,o)=>{let a=new XMLHttpRequest;a.open("POST",`${s}/webhooks/socketio/file?name=${encodeURIComponent(i.name)}`),a.setRequestHeader("Content-Type",i.type||"application/octet-stream"),a.setRequestHeader("X-Session",e),a.setRequestHeader("X-Message-Id",t),a.responseType="json",a.upload.onprogress=c=>c.total&&n(c.loaded/c.total),a.onload=()=>a.status===200?r():o(new Error(b(x(a.response).text))),a.onerror=a.ontimeout=a.onabort=()=>o(new Error),a.timeout=12e4,a.send(i)})}var Te="pending ",tt=class{constructor(e){this.storage=e}all(){return this.storage.all(Te).map(js).filter(e=>e!==null).sort((e,t)=>e.at-t.at)}add(e){this.storage.set(Te+e.id,Ge(()=>JSON.stringify(e)))}done(e){this.storage.set(Te+e,null)}onChange(e,t){this.storage.onChange((i,n)=>{if(!i.startsWith(Te))return;let r=n===null?null:js(n);r?e(r):t(i.slice(Te.length))})}};function js(s){try{let e=JSON.parse(s);return typeof e.id=="string"&&typeof e.text=="string"?e:null}catch{return null}}var Hn=4e4,In=3e4,qn=8e3,Wn=2e3,Fn=1e4,nt=4e3,it=class{constructor(e,t,i){this.server=e;this.storage=t;this.changed=i;this.messages=[];this.connected=!1;this.away=!1;this.typing=!1;this.slow=!1;this.telegram=!0;this.onTheWay=new Set;this.files=new Map;this.typingTimer=0;this.slowTimer=0;this.flushTimer=0;this.flushed=!1;this.pending=new tt(t),this.session=t.get("session")}get known(){return this.session!==null||this.pending.all().length>0}start(){if(!this.connection){this.connection=new Qe(this.server,{connect:()=>this.requestSession(),lost:()=>this.lost(),session_confirm:e=>this.confirmed(e),session_history:e=>this.replace(Ee(e)),session_features:e=>{this.telegram=x(e).telegram!==!1,this.changed("state")},bot_uttered:e=>this.answered(e),user_uttered_echo:e=>this.echoed(e),bot_typing:e=>this.setTyping(x(e).on!==!1)}),this.pending.onChange(e=>this.show(st(e)),e=>this.settle(e,{state:"sent"}));for(let e of this.pending.all())this.show(st(e))}}say(e,t=e){let i={id:ke(),text:e,shown:t,at:Date.now()};this.pending.add(i),this.show(st(i)),this.start(),this.flushed?this.emit(i):this.away&&this.connection?.connect()}again(e){if(this.settle(e.id,{state:"sending",error:void 0}),!this.flushed)this.connection?.connect();else if(this.files.has(e.id))this.upload(e.id);else for(let t of this.pending.all())t.id===e.id&&this.emit(t)}sendFile(e){let{name:t,size:i,type:n}=e,r=st({id:ke(),text:"",shown:"",at:Date.now()});this.files.set(r.id,e),this.show({...r,file:{name:t,size:i,mime:n}}),this.start(),this.flushed&&this.upload(r.id)}async telegramLink(){if(!this.connection||!this.connected)return null;try{let e=x(await this.connection.ask("link_request",{},Fn)),t=b(e.url);return this.telegram=e.error!=="no_telegram",/^https:\/\//.test(t)?t:null}catch{return null}}requestSession(){this.session=this.storage.get("session"),this.connection?.emit("session_request",{session_id:this.session,acks:!0})}confirmed(e){let t=b(e)||b(x(e).session_id),i=this.storage.get("session");if(this.session===null&&i!==null&&i!==t){this.requestSession();return}t!==this.session&&(this.messages=this.messages.filter(n=>n.state==="sending")),this.session=t,this.storage.set("session",t),this.connected=!0,this.away=!1,clearTimeout(this.flushTimer),this.flushTimer=window.setTimeout(()=>this.flush(),Wn),this.changed("state")}flush(){if(clearTimeout(this.flushTimer),!!this.connected){this.flushed=!0;for(let e of this.pending.all())this.emit(e);for(let e of this.files.keys())this.upload(e)}}async upload(e){let t=this.files.get(e);if(!(!t||!this.session||this.onTheWay.has(e))){this.onTheWay.add(e),this.settle(e,{state:"sending",error:void 0,progress:0});try{await Vs(this.server,this.session,e,t,i=>this.settle(e,{progress:i})),this.files.delete(e),this.settle(e,{state:"sent",progress:void 0})}catch(i){let n=i instanceof Error?i.message:"";this.settle(e,{state:"failed",error:n,progress:void 0})}finally{this.onTheWay.delete(e)}}}emit(e){this.onTheWay.has(e.id)||(this.onTheWay.add(e.id),this.settle(e.id,{state:"sending",error:void 0}),this.setTyping(!0),this.connection?.ask("user_uttered",{message:e.text,session_id:this.session,message_id:e.id,display:e.shown},Hn).then(t=>this.acknowledged(e.id,x(t))).catch(()=>{this.connected&&this.settle(e.id,{state:"failed"})}).finally(()=>this.onTheWay.delete(e.id)))}acknowledged(e,t){let i=b(t.error),n=t.ok===!1;if(i!=="too_often"&&this.pending.done(e),!n){let r=Date.parse(b(t.at));this.settle(e,{state:"sent",...r?{at:r}:{}});return}this.setTyping(!1),this.settle(e,{state:"failed",error:b(t.text)||i,final:i!=="too_often"})}replace(e){let t=e.map(r=>Ze(r,this.server)).filter(et),i=new Set(t.map(r=>r.id));for(let r of this.pending.all())i.has(r.id)&&this.pending.done(r.id);let n=this.messages.filter(r=>r.state!==void 0&&r.state!=="sent");this.messages=[...t,...n.filter(r=>!i.has(r.id))],this.changed("messages"),this.flush()}answered(e){let t=Ze(e,this.server);t.id.endsWith(":slow")||this.setTyping(!1),!(!et(t)||this.messages.some(i=>i.id===t.id))&&(this.messages=zn(this.messages,t),this.latest=t,this.changed("answer"))}echoed(e){let t=Ze({...x(e),from:"user"},this.server);this.messages.some(i=>i.id===t.id)?this.settle(t.id,{state:"sent"}):et(t)&&(this.messages=[...this.messages,t],this.changed("messages"))}show(e){this.messages.some(t=>t.id===e.id)||(this.messages=[...this.messages,e],this.changed("messages"))}settle(e,t){this.messages=this.messages.map(i=>i.id===e?{...i,...t}:i),this.changed(t.state==="failed"?"failed":"state")}lost(){this.connected=this.flushed=!1,this.away=!0,this.setTyping(!1),this.changed("state")}setTyping(e){clearTimeout(this.typingTimer),(!e||!this.typing)&&(clearTimeout(this.slowTimer),this.slow=!1,e&&(this.slowTimer=window.setTimeout(()=>this.takesLong(),qn))),this.typing=e,e&&(this.typingTimer=window.setTimeout(()=>this.setTyping(!1),In)),this.changed("state")}takesLong(){this.slow=!0,this.changed("slow")}};function zn(s,e){let[t]=e.id.split(":"),i=s.findIndex(r=>r.from==="user"&&r.id===t),n=s.findIndex((r,o)=>o>i&&r.from==="user");return i<0||n<0?[...s,e]:[...s.slice(0,n),e,...s.slice(n)]}function st(s){return{id:s.id,from:"user",text:s.shown,at:s.at,buttons:[],rows:[],state:"sending"}}async function Ks(s,e){try{return await navigator.clipboard.writeText(s),!0}catch{return e!==null&&Vn(e)&&document.execCommand("copy")}}function Vn(s){let e=getSelection();return e?.selectAllChildren(s),e!==null}var Wt="#ffffff",jn="#14161a";function Ys(s,e){if(!e)return;let t=(n,r)=>s.style.setProperty(`--optfm-${n}`,r),i=Kn(e);t("accent",e),t("on-accent",i),t("link",`color-mix(in srgb, ${e} ${i===Wt?88:40}%, #000)`),t("link-dark",`color-mix(in srgb, ${e} 45%, #fff)`),t("tint",`color-mix(in srgb, ${e} 11%, #fff)`),t("tint-dark",`color-mix(in srgb, ${e} 28%, #1b1e24)`),i!==Wt&&(t("overlay","rgb(255 255 255 / 35%)"),t("overlay-strong","rgb(255 255 255 / 55%)"))}function Kn(s){let[e,t,i]=[1,3,5].map(r=>{let o=parseInt(s.slice(r,r+2),16)/255;return o<=.04045?o/12.92:((o+.055)/1.055)**2.4});return 1.05/(.2126*e+.7152*t+.0722*i+.05)>=4.5?Wt:jn}var rt=class{constructor(e){this.storage=e;this.problem="";this.link=""}get draft(){return this.storage.get("draft")??""}set draft(e){this.storage.set("draft",e||null),this.problem=""}clear(){this.problem=this.link=""}};var Js=matchMedia("(max-width: 480px), (max-height: 480px)"),ot=class{constructor(e){this.panel=e}get small(){return Js.matches}follow(e,t){Js.addEventListener("change",e,{signal:t}),visualViewport?.addEventListener("resize",()=>this.fit(),{signal:t})}show(){let e=this.panel();e.open&&e.close(),this.small?e.showModal():e.setAttribute("open","")}hide(){this.panel().close()}fit(){let e=visualViewport?.height;e&&this.panel().style.setProperty("--visible-height",`${Math.round(e)}px`)}};var at=class{constructor(e){this.storage=e}unread(e){let t=Number(this.storage.get("read"))||0;return e.filter(i=>i.from!=="user"&&i.at>t).length}read(e){let t=Math.max(0,...e.filter(i=>i.from!=="user").map(i=>i.at));t&&this.storage.set("read",String(t))}};var ct=class{constructor(){this.follows=!0;this.unseen=0;this.toEnd=!0}goToEnd(){this.toEnd=this.follows=!0,this.unseen=0}came(){this.follows||(this.unseen+=1)}settle(e){!this.toEnd&&!this.follows||(e.scrollTop=this.toEnd?e.scrollHeight:Math.max(e.scrollTop,Yn(e)),this.toEnd=!1)}moved(e){let t=this.follows;return this.follows=e.scrollHeight-e.scrollTop-e.clientHeight<80,this.follows&&(this.unseen=0),this.follows!==t}};function Yn(s){let e=[...s.querySelectorAll(".message")],t=r=>r?Math.max(r.offsetTop-s.offsetTop-10,0):1/0,i=t(e.filter(r=>r.matches(".user")).pop()),n=s.scrollTop>=i-1;return Math.min(s.scrollHeight-s.clientHeight,n?t(e.pop()):i)}var Jn={locale:"ru-RU",chat:"Чат с магазином",open:"Открыть чат",close:"Закрыть чат",unread:"непрочитанных сообщений: {n}",title:"OptFM",subtitle:"Отвечаем сразу",greeting:"Здравствуйте! Напишите товар и модель — назову цену. Отвечу про доставку и оплату, позову менеджера.",suggestions:"Дисплей iPhone 11|Доставка и оплата|Где вы находитесь?",log:"Сообщения",spoken:"Новые сообщения",input:"Ваше сообщение",placeholder:"Товар и модель или вопрос",send:"Отправить",attach:"Прикрепить фото или файл",manager:"Позвать менеджера",telegram:"В Telegram",telegramLong:"Продолжить в Telegram",soundOn:"Включить звук",soundOff:"Выключить звук",consent:"Обработка персональных данных",consentAsked:"Полный текст согласия",newTab:"откроется в новой вкладке",typing:"печатает…",slow:"Ещё ищу ответ, подождите немного…",connecting:"Соединяемся…",offline:"Нет связи. Напишите: отправим, как только она появится.",call:"Или позвоните:",sending:"Отправляется",sent:"Доставлено",failed:"Не отправлено",tooOften:"Слишком часто. Подождите немного",again:"Повторить",today:"Сегодня",yesterday:"Вчера",you:"Вы",bot:"Бот",managerName:"Менеджер",code:"код",copy:"Скопировать код {code}",copied:"Код {code} скопирован",copyFailed:"Скопировать не получилось. Код выделен: скопируйте его сами.",want:"Хочу это",wantLong:"Хочу это: {name}",wantText:"Оставить заявку на {name} (код {code})",sale:"≈ {price} со скидкой",colours:"цвета: {list}",tooLong:"Слишком длинное сообщение: не больше 4 000 знаков",fileTooBig:"Файл больше {max}. Пришлите поменьше.",fileWrong:"Такой файл не принимается. Подойдут фото, видео, звук, PDF, Excel, Word.",fileEmpty:"Файл пустой. Выберите другой.",fileDrop:"Отпустите, чтобы отправить",fileFailed:"Файл не отправлен",file:"Файл",units:"КБ|МБ",linkReady:"Ссылка готова: она одноразовая и действует 10 минут.",linkOpen:"Открыть Telegram",linkFailed:"Сейчас перейти в Telegram не получается. Попробуйте позже.",toEnd:"К последнему сообщению",photo:"Фото"},Xn={locale:"en-GB",chat:"Chat with the shop",open:"Open the chat",close:"Close the chat",unread:"unread messages: {n}",title:"OptFM",subtitle:"We answer at once",greeting:"Hello! Write the goods and the model for a price. I also know about delivery and payment, and can call a manager.",suggestions:"Дисплей iPhone 11|Доставка и оплата|Где вы находитесь?",log:"Messages",spoken:"New messages",input:"Your message",placeholder:"Goods and model, or a question",send:"Send",attach:"Attach a photo or a file",manager:"Call a manager",telegram:"Telegram",telegramLong:"Continue in Telegram",soundOn:"Turn sound on",soundOff:"Turn sound off",consent:"Personal data",consentAsked:"Full text of the consent",newTab:"opens in a new tab",typing:"is typing…",slow:"Still looking for the answer, one moment…",connecting:"Connecting…",offline:"You are offline. Write: it is sent once you are back.",call:"Or call:",sending:"Sending",sent:"Delivered",failed:"Not sent",tooOften:"Too often. Please wait a little",again:"Try again",today:"Today",yesterday:"Yesterday",you:"You",bot:"Bot",managerName:"Manager",code:"code",copy:"Copy the code {code}",copied:"Code {code} copied",copyFailed:"Could not copy. The code is selected: please copy it yourself.",want:"I want this",wantLong:"I want this: {name}",wantText:"Оставить заявку на {name} (код {code})",sale:"≈ {price} with the discount",colours:"colours: {list}",tooLong:"Too long: 4,000 characters at most",fileTooBig:"The file is larger than {max}.",fileWrong:"Files of this type are not taken. Photos, video, sound, PDF, Excel and Word are.",fileEmpty:"The file is empty. Please choose another one.",fileDrop:"Drop to send",fileFailed:"The file was not sent",file:"File",units:"kB|MB",linkReady:"The link is ready: it works once, within 10 minutes.",linkOpen:"Open Telegram",linkFailed:"Telegram cannot be reached now. Please try later.",toEnd:"To the last message",photo:"Photo"},Xs={ru:Jn,en:Xn};function Ft(s){let[e=""]=s.toLowerCase().split("-");return Object.hasOwn(Xs,e)?Xs[e]:void 0}function A(s,e){return s.replace(/\{(\w+)\}/g,(t,i)=>String(e[i]??""))}var Gs=["title","subtitle","greeting","suggestions","placeholder","manager"],zt={server:/^https?:\/\/[^/\s]/,theme:/^(auto|light|dark)$/,position:/^(right|left)$/,color:/^#([0-9a-f]{3}|[0-9a-f]{6})$/i,avatar:/^(https?:\/\/|\/|data:image\/)/,consent:/^(https?:\/\/|\/)/,phone:/^[+\d][\d ()-]{4,}$/,telegram:/^(on|off)?$/,files:/^(on|off)?$/,open:/^(on|off|true|false)?$/,lang:/^/},Gn=["skipMoving","cfasync","cfBeacon"];function Qs(s,e,t=()=>{}){let i={};for(let[r,o]of Object.entries(s)){let a=Object.hasOwn(zt,r)?zt[r]:void 0;a?.test(o??"")?i[r]=o:a&&t(`${Zs(r)}="${o}": такого значения нет, взято обычное`)}let n=(i.server||e).replace(/\/+$/,"");return{server:n,words:Qn(s,t),theme:i.theme??"auto",position:i.position??"right",color:(i.color??"").replace(/^#(.)(.)(.)$/,"#$1$1$2$2$3$3"),avatar:i.avatar??"",consent:i.consent||`${n}/consent`,phone:i.phone??"",telegram:i.telegram!=="off",files:i.files!=="off",open:i.open!==void 0&&!/^(off|false)$/.test(i.open)}}function Qn(s,e){let t=s.lang||"ru",i=Ft(t),n={...i??Ft("ru")};i||(n.locale=/^[a-z]{2,3}(-[a-z]{2})?$/i.test(t)?t:n.locale);let r=0;for(let[o,a=""]of Object.entries(s)){let c=Zn(o);c!==null&&Object.hasOwn(n,c)?(n[c]=a,r+=1):!Object.hasOwn(zt,o)&&!Gn.includes(o)&&e(`${Zs(o)}: такого атрибута нет`)}return!i&&r<=Gs.length&&e(`data-lang="${t}": такого языка нет, слова — русские; свои задаются через data-word-…`),n}function Zn(s){if(Gs.some(i=>i===s))return s;let[,e,t]=/^word([A-Z])(.*)$/.exec(s)??[];return e?e.toLowerCase()+t:null}function Zs(s){return`data-${s.replace(/[A-Z]/g,e=>`-${e.toLowerCase()}`)}`}var lt=class{constructor(e){this.storage=e}get on(){return this.storage.get("sound")==="on"}toggle(){this.storage.set("sound",this.on?null:"on"),this.chime()}chime(){if(!(!this.on||navigator.userActivation?.hasBeenActive===!1))try{this.audio??=new AudioContext,this.audio.state==="suspended"&&this.audio.resume().catch(()=>{}),er(this.audio)}catch{}}};function er(s){for(let[e,t]of[[0,660],[.11,880]]){let i=s.currentTime+e,n=s.createOscillator(),r=s.createGain();n.frequency.value=t,r.gain.setValueAtTime(.07,i),r.gain.exponentialRampToValueAtTime(1e-4,i+.22),n.connect(r).connect(s.destination),n.start(i),n.stop(i+.24)}}var Ae=new Map,Se=class{constructor(e,t="localStorage"){this.place=t;this.prefix=`optfm ${e} `}get(e){let t=this.prefix+e;try{return window[this.place].getItem(t)??Ae.get(t)??null}catch{return Ae.get(t)??null}}set(e,t){let i=this.prefix+e;Ae.delete(i);try{t===null?window[this.place].removeItem(i):window[this.place].setItem(i,t)}catch{t!==null&&Ae.set(i,t)}}all(e){let t=this.prefix+e,i=new Set(Ae.keys());try{for(let n of Object.keys(window[this.place]))i.add(n)}catch{}return[...i].filter(n=>n.startsWith(t)).map(n=>this.get(n.slice(this.prefix.length))??"")}onChange(e,t){let i=n=>{n.key?.startsWith(this.prefix)&&e(n.key.slice(this.prefix.length),n.newValue)};window.addEventListener("storage",i,{signal:t})}};var ei=Ne(`
  color-scheme: dark;
  --surface: #1b1e24;
  --ground: #121419;
  --theirs: #262a32;
  --line: #363c47;
  --text: #eef0f4;
  --muted: #a6aebb;
  --link: var(--optfm-link-dark, #9dbcff);
  --tint: var(--optfm-tint-dark, #24304b);
  --good: #6fd6a0;
  --bad: #ff9a94;
  --sale: #ffb4ae;
  --sale-ground: #47201f;
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 18px 50px rgb(0 0 0 / 55%);
`),ti=w`
  /* The page's rules reach the element itself, so it has no box: all that is seen is in the section.
     A page whose rules give it one still neither moves nor hides what is in it. */
  :host {
    display: contents;
    position: static !important;
    float: none !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    contain: none !important;
  }
  section {
    all: initial;
    direction: ltr;
    unicode-bidi: isolate;
    color-scheme: light;
    --accent: var(--optfm-accent, #2456d6);
    --on-accent: var(--optfm-on-accent, #fff);
    --surface: #fff;
    --ground: #f4f5f8;
    --theirs: #fff;
    --line: #dfe2e8;
    --text: #16181d;
    --muted: #5b6370;
    --link: var(--optfm-link, #1d4bc4);
    --tint: var(--optfm-tint, #e9effd);
    --good: #14734a;
    --bad: #b3261e;
    --sale: #a3221b;
    --sale-ground: #fdeceb;
    --shadow: 0 1px 2px rgb(16 24 40 / 8%), 0 18px 50px rgb(16 24 40 / 22%);
    --radius: var(--optfm-radius, 20px);
    --gap: var(--optfm-gap, 20px);
    position: fixed;
    z-index: var(--optfm-z-index, 2147483000);
    inset: auto var(--gap) calc(var(--gap) + env(safe-area-inset-bottom)) auto;
    font: 400 15px/1.42 var(--optfm-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
    color: var(--text);
    text-align: left;
    -webkit-text-size-adjust: 100%;
  }
  section.left {
    inset: auto auto calc(var(--gap) + env(safe-area-inset-bottom)) var(--gap);
  }
  @media (prefers-color-scheme: dark) {
    section.auto {
      ${ei}
    }
  }
  section.dark {
    ${ei}
  }
  @media print {
    section {
      display: none;
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    border: 0;
    background: none;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  a {
    color: var(--link);
    text-underline-offset: 2px;
  }
  .icon {
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
    display: block;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--link);
    outline-offset: 2px;
  }
`;var si=w`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    width: 100%;
  }
  .card {
    padding: 11px 12px 11px 14px;
    border-radius: 14px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent), 0 1px 3px rgb(16 24 40 / 6%);
  }
  .card-name {
    font-size: 14px;
    font-weight: 500;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .card-price {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    margin-top: 5px;
  }
  .card-price strong {
    font-size: 17px;
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums lining-nums;
  }
  .card-note {
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
  }
  .card-note.final {
    color: var(--sale);
    font-weight: 550;
  }
  .badge {
    padding: 2px 8px;
    border-radius: 7px;
    background: var(--tint);
    color: var(--link);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.4;
  }
  .badge.sale {
    background: var(--sale-ground);
    color: var(--sale);
  }
  .gone .card-name,
  .gone .card-price strong {
    color: var(--muted);
  }
  .gone .badge {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
    color: var(--muted);
  }
  .card-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    margin-top: 7px;
  }
  .code {
    font-size: 12.5px;
    color: var(--muted);
    white-space: nowrap;
  }
  .code b {
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .want {
    margin-left: auto;
    min-height: 32px;
    padding: 4px 14px;
    border-radius: 16px;
    background: var(--tint);
    color: var(--link);
    font-size: 13.5px;
    font-weight: 600;
    white-space: nowrap;
    transition: background 0.15s, color 0.15s;
  }
  .want:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
`;var ii=w`
  footer {
    padding: 10px 12px calc(8px + var(--safe-bottom, 0px));
    background: var(--surface);
    border-top: 1px solid color-mix(in srgb, var(--line) 75%, transparent);
  }
  form {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 3px;
    border-radius: 22px;
    background: var(--ground);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  form:focus-within {
    box-shadow: inset 0 0 0 2px var(--link);
  }
  textarea {
    flex: 1;
    min-width: 0;
    height: 36px;
    max-height: 120px;
    padding: 7px 4px;
    border: 0;
    outline: 0;
    resize: none;
    background: none;
    line-height: 22px;
    font-size: 15px;
    scrollbar-width: thin;
  }
  textarea:first-child {
    padding-left: 14px;
  }
  textarea:placeholder-shown {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  form .send {
    background: var(--accent);
    color: var(--on-accent);
    transition: opacity 0.15s, transform 0.15s;
  }
  form .send[aria-disabled="true"] {
    background: color-mix(in srgb, var(--muted) 22%, var(--ground));
    color: var(--muted);
    cursor: default;
  }
  .legal {
    display: flex;
    justify-content: center;
    margin-top: 4px;
    font-size: 11.5px;
    line-height: 24px;
  }
  .legal a {
    color: var(--muted);
    padding: 0 8px;
  }
  .problem {
    margin-bottom: 7px;
    padding: 0 8px;
    font-size: 13px;
    color: var(--bad);
  }
  .problem.notice {
    color: inherit;
  }
`;var ni=w`
  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 2px 6px rgb(16 24 40 / 18%), 0 10px 28px rgb(16 24 40 / 26%);
    transition: transform 0.18s ease, box-shadow 0.18s ease;
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  .launcher .icon {
    width: 28px;
    height: 28px;
  }
  .launcher:focus-visible {
    outline: 3px solid var(--link);
    outline-offset: 3px;
  }
  .unread {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border-radius: 11px;
    border: 2px solid #fff;
    background: #c9251c;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }
`;var ri=w`
  @media (max-width: 480px), (max-height: 480px) {
    section {
      --gap: var(--optfm-gap, 16px);
    }
    dialog,
    .left dialog {
      position: fixed;
      inset: 0 0 auto;
      width: 100%;
      height: var(--visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      --safe-top: env(safe-area-inset-top);
      --safe-bottom: env(safe-area-inset-bottom);
      transform-origin: bottom;
    }
    textarea {
      font-size: 16px; /* less, and iOS zooms into the page */
    }
    .round:not(.small) {
      width: 40px;
      height: 40px;
    }
    textarea {
      height: 40px;
      padding-block: 9px;
    }
    .round.small {
      width: 32px;
      height: 32px;
    }
    .pill,
    .want,
    .choice {
      min-height: 36px;
      border-radius: 18px;
    }
  }
  @media (max-width: 360px) {
    .side {
      display: none;
    }
    .column {
      max-width: 100%;
    }
  }
  /* A page enlarged to 400 %: the panel itself scrolls, and the messages keep some room. */
  @media (max-height: 360px) {
    dialog[open] {
      grid-template-rows: auto minmax(150px, 1fr) auto;
      overflow: hidden auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .card,
    .choice,
    .want,
    .pill,
    .badge,
    .typing,
    .below,
    .launcher,
    .drop,
    .avatar,
    form {
      border: 1px solid;
    }
    .typing i {
      background: CanvasText;
    }
    .send[aria-disabled="true"],
    .gone {
      color: GrayText;
    }
    :focus-visible,
    .launcher:focus-visible,
    form:focus-within {
      outline: 3px solid Highlight;
    }
  }
`;var oi=w`
  .middle {
    position: relative;
    min-height: 0;
    display: grid;
    grid-template: auto 1fr / minmax(0, 1fr);
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    background: #fff3d6;
    color: #5a3d00;
    font-size: 13px;
    line-height: 1.35;
  }
  .banner .icon {
    width: 17px;
    height: 17px;
  }
  .banner a {
    color: inherit;
    font-weight: 600;
  }
  .drop {
    position: absolute;
    inset: 8px;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    border-radius: calc(var(--radius) - 8px);
    border: 2px dashed var(--link);
    background: color-mix(in srgb, var(--surface) 92%, transparent);
    color: var(--link);
    font-weight: 600;
    pointer-events: none;
  }
  .scroll {
    grid-row: 2;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 14px 14px 10px;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  textarea:focus-visible {
    outline: none; /* the form around it shows the focus */
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .day {
    margin: 10px 0 12px;
    text-align: center;
    font-size: 12px;
    line-height: 1.3;
    color: var(--muted);
  }
  .message {
    display: flex;
    gap: 8px;
    margin-top: 4px;
  }
  .message.first {
    margin-top: 12px;
  }
  .message.user {
    justify-content: flex-end;
  }
  .side {
    width: 28px;
    flex: none;
    display: flex;
    align-items: flex-start;
    padding-top: 5px;
  }
  .side .avatar {
    width: 28px;
    height: 28px;
    font-size: 13px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .column {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 6px;
    min-width: 0;
    max-width: calc(100% - 36px);
  }
  .user .column {
    align-items: flex-end;
    max-width: 84%;
  }
  .author {
    font-size: 12.5px;
    font-weight: 600;
    color: var(--muted);
    margin-left: 4px;
  }
  .bubble {
    max-width: 100%;
    padding: 9px 13px 10px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-variant-numeric: lining-nums;
  }
  .message:not(.first) .bubble {
    border-top-left-radius: 6px;
  }
  .user .bubble {
    border-radius: 17px 17px 6px 17px;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--on-accent) 14%, transparent);
  }
  .user:not(.first) .bubble {
    border-radius: 17px 6px 6px 17px;
  }
  .user .bubble a {
    color: inherit;
  }
  .manager .bubble {
    background: var(--tint);
    box-shadow: none;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    text-decoration: none;
    color: inherit;
  }
  .file b {
    display: block;
    font-weight: 550;
  }
  .file small {
    font-size: 12px;
  }
  progress {
    width: 84px;
    height: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    appearance: none;
    background: var(--line);
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    background: var(--link);
  }
  progress::-moz-progress-bar {
    background: var(--link);
  }
  .whole {
    display: block;
    max-width: 100%;
    border-radius: 14px;
  }
  .picture {
    max-width: 100%;
    max-height: 240px;
    border-radius: 14px;
    display: block;
  }
  .after {
    padding: 0 4px;
    font-size: 12.5px;
    line-height: 1.4;
    color: var(--muted);
    white-space: pre-line;
  }
  .document {
    font-size: 13.5px;
    padding: 3px 4px;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 16px;
    padding: 0 4px;
    font-size: 11.5px;
    line-height: 16px;
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .foot .icon {
    width: 14px;
    height: 14px;
  }
  .foot.failed {
    color: var(--bad);
    font-size: 12.5px;
    flex-wrap: wrap;
    justify-content: flex-end;
  }
  .again {
    min-height: 24px;
    padding: 0 6px;
    border-radius: 6px;
    color: var(--link);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  a[href^="tel:"] {
    white-space: nowrap;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 7px;
    padding: 2px 0;
  }
  .choice {
    min-height: 34px;
    padding: 6px 14px;
    border-radius: 17px;
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px color-mix(in srgb, var(--link) 45%, var(--surface));
    color: var(--link);
    font-size: 14px;
    font-weight: 550;
    line-height: 1.3;
    text-align: left;
    transition: background 0.15s;
  }
  .choice:hover {
    background: var(--tint);
  }

  .typing {
    display: inline-flex;
    gap: 4px;
    margin: 12px 0 4px 36px;
    padding: 12px 14px;
    border-radius: 17px 17px 17px 6px;
    background: var(--theirs);
    box-shadow: 0 0 0 1px color-mix(in srgb, var(--line) 75%, transparent);
  }
  .typing span {
    margin-left: 4px;
    font-size: 13px;
    line-height: 1;
    color: var(--muted);
  }
  .typing i {
    align-self: center;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
    animation: dot 1.2s infinite ease-in-out;
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .below {
    position: absolute;
    right: 12px;
    bottom: 10px;
    background: var(--surface);
    color: var(--text);
    box-shadow: 0 0 0 1px var(--line), 0 4px 14px rgb(16 24 40 / 16%);
  }
  .below .unread {
    top: -8px;
    right: -4px;
  }
  .below:hover {
    background: var(--tint);
  }

  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.35;
      transform: none;
    }
    30% {
      opacity: 1;
      transform: translateY(-3px);
    }
  }
`;var ai=w`
  dialog {
    position: absolute;
    inset: auto 0 76px auto;
    width: min(380px, calc(100vw - 2 * var(--gap)));
    height: min(600px, calc(100vh - 76px - 2 * var(--gap)));
    margin: 0;
    padding: 0;
    border: 1px solid color-mix(in srgb, var(--line) 70%, transparent);
    border-radius: var(--radius);
    background: var(--ground);
    color: inherit;
    box-shadow: var(--shadow);
    overflow: hidden;
    max-width: none;
    max-height: none;
    transform-origin: bottom right;
    animation: appear 0.2s cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  .left dialog {
    inset: auto auto 76px 0;
    transform-origin: bottom left;
  }
  dialog[open] {
    display: grid;
    grid-template: auto 1fr auto / minmax(0, 1fr);
  }
  dialog::backdrop {
    background: none;
  }
  dialog:focus {
    outline: none;
  }

  header {
    background: var(--accent);
    color: var(--on-accent);
    padding: calc(14px + var(--safe-top, 0px)) 12px 12px 16px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 11px;
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: 16.5px;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  .subtitle {
    font-size: 13px;
    line-height: 1.35;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .avatar {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    flex: none;
    border-radius: 50%;
    background: var(--on-accent);
    color: var(--accent);
    font-size: 18px;
    font-weight: 750;
    overflow: hidden;
  }
  .avatar img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  header .round {
    color: inherit;
  }
  header .round:hover,
  header .pill {
    background: var(--optfm-overlay, rgb(0 0 0 / 20%));
  }
  header :focus-visible {
    outline-color: currentcolor;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 12px;
    padding-right: 4px;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 32px;
    padding: 5px 13px 5px 10px;
    border-radius: 16px;
    font-size: 13.5px;
    font-weight: 550;
    line-height: 1.3;
    transition: background 0.15s;
  }
  .pill .icon {
    width: 17px;
    height: 17px;
  }
  .pill:hover {
    background: var(--optfm-overlay-strong, rgb(0 0 0 / 34%));
  }
  .pill:disabled {
    cursor: default;
    background: none;
    box-shadow: inset 0 0 0 1px currentcolor;
  }
  .round {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    flex: none;
    border-radius: 50%;
    color: var(--muted);
    transition: background 0.15s;
  }
  .round:hover {
    background: color-mix(in srgb, var(--muted) 14%, transparent);
  }
  .round.small {
    width: 28px;
    height: 28px;
  }
  .round.small .icon {
    width: 16px;
    height: 16px;
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(10px) scale(0.97);
    }
  }
`;var ci=[ti,ni,ai,oi,si,ii,ri];var tr=/(https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|((?:\+7|8)[ -]?\(?\d{3}\)?(?:[ -]?\d){7}(?!\d))/g;function li(s){return s.replace(/(\d) (?=\d{3}(?!\d))/g,"$1 ").replace(/ ₽/g," ₽")}function ht(s){let e=[],t=0;for(let i of s.matchAll(tr)){let[n,r,o]=i;i.index>t&&e.push(li(s.slice(t,i.index)));let a=n.replace(/[^\d+]/g,"").replace(/^8/,"+7"),c=a.startsWith("+7800")?a.replace("+7","8"):a;e.push({text:n,href:r??(o?`mailto:${o}`:`tel:${c}`)}),t=i.index+n.length}return t<s.length&&e.push(li(s.slice(t))),e}function pi(s,e){let t=o=>e.some(a=>[hi(a.name),a.code].some(c=>c&&hi(o).includes(c))),i=s.split(`
`),n=i.findIndex(t);if(n<0)return[s.trim(),""];let r=i.slice(n).filter(o=>!t(o));return[i.slice(0,n).join(`
`).trim(),r.join(`
`).trim()]}function Vt(s){let e=Number.isInteger(s)?0:2;return`${s.toLocaleString("ru-RU",{minimumFractionDigits:e,maximumFractionDigits:e,useGrouping:!0})} ₽`.replace(/\s/g," ")}function pt(s,e){let t=s<1e6?0:1;return`${(s/(t?1e6:1e3)).toLocaleString("ru-RU",{maximumFractionDigits:t})} ${e[t]}`}function hi(s){return s.split(/\s+/).filter(Boolean).join(" ")}var L={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},dt=s=>(...e)=>({_$litDirective$:s,values:e}),se=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,i){this._$Ct=e,this._$AM=t,this._$Ci=i}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:sr}=hs,di=s=>s;var fi=s=>s.strings===void 0,ui=()=>document.createComment(""),ie=(s,e,t)=>{let i=s._$AA.parentNode,n=e===void 0?s._$AB:e._$AA;if(t===void 0){let r=i.insertBefore(ui(),n),o=i.insertBefore(ui(),n);t=new sr(r,o,s,s.options)}else{let r=t._$AB.nextSibling,o=t._$AM,a=o!==s;if(a){let c;t._$AQ?.(s),t._$AM=s,t._$AP!==void 0&&(c=s._$AU)!==o._$AU&&t._$AP(c)}if(r!==n||a){let c=t._$AA;for(;c!==r;){let u=di(c).nextSibling;di(i).insertBefore(c,n),c=u}}}return t},I=(s,e,t=s)=>(s._$AI(e,t),s),ir={},ut=(s,e=ir)=>s._$AH=e,mi=s=>s._$AH,ft=s=>{s._$AR(),s._$AA.remove()};var gi=(s,e,t)=>{let i=new Map;for(let n=e;n<=t;n++)i.set(s[n],n);return i},ne=dt(class extends se{constructor(s){if(super(s),s.type!==L.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,e,t){let i;t===void 0?t=e:e!==void 0&&(i=e);let n=[],r=[],o=0;for(let a of s)n[o]=i?i(a,o):o,r[o]=t(a,o),o++;return{values:r,keys:n}}render(s,e,t){return this.dt(s,e,t).values}update(s,[e,t,i]){let n=mi(s),{values:r,keys:o}=this.dt(e,t,i);if(!Array.isArray(n))return this.ut=o,r;let a=this.ut??=[],c=[],u,f,p=0,m=n.length-1,g=0,v=r.length-1;for(;p<=m&&g<=v;)if(n[p]===null)p++;else if(n[m]===null)m--;else if(a[p]===o[g])c[g]=I(n[p],r[g]),p++,g++;else if(a[m]===o[v])c[v]=I(n[m],r[v]),m--,v--;else if(a[p]===o[v])c[v]=I(n[p],r[v]),ie(s,c[v+1],n[p]),p++,v--;else if(a[m]===o[g])c[g]=I(n[m],r[g]),ie(s,n[p],n[m]),m--,g++;else if(u===void 0&&(u=gi(o,g,v),f=gi(a,p,m)),u.has(a[p]))if(u.has(a[m])){let S=f.get(o[g]),re=S!==void 0?n[S]:null;if(re===null){let Oe=ie(s,n[p]);I(Oe,r[g]),c[g]=Oe}else c[g]=I(re,r[g]),ie(s,n[p],re),n[S]=null;g++}else ft(n[m]),m--;else ft(n[p]),p++;for(;g<=v;){let S=ie(s,c[v+1]);I(S,r[g]),c[g++]=S}for(;p<=m;){let S=n[p++];S!==null&&ft(S)}return this.ut=o,ut(s,c),k}});var E=s=>l`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${s}</svg>`,yi=E(_`<path d="M20.5 11.6c0 4.4-3.9 7.9-8.6 7.9-1.2 0-2.4-.2-3.4-.7L4 20l1.1-3.8a7.5 7.5 0 0 1-1.8-4.6c0-4.3 3.9-7.8 8.6-7.8s8.6 3.5 8.6 7.8Z"/><path d="M8.3 11.7h.01M12 11.7h.01M15.7 11.7h.01"/>`),bi=E(_`<path d="M6 6l12 12M18 6L6 18"/>`),mt=E(_`<path d="M6 9.5l6 6 6-6"/>`),vi=E(_`<path d="M12 19V5.5M6 11l6-6 6 6"/>`),gt=E(_`<path d="M19.5 11.5l-7.6 7.6a4.7 4.7 0 0 1-6.7-6.6l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.7 7.7a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9"/>`),xi=E(_`<circle cx="12" cy="8" r="3.6"/><path d="M4.8 19.5c.9-3.4 3.7-5.2 7.2-5.2s6.3 1.8 7.2 5.2"/>`),wi=E(_`<path d="M20.5 4.2L3.5 11l5.6 2.1m11.4-8.9L17 19.5l-7.9-6.4m11.4-8.9L9.1 13.1m0 0v5.7l3-3.2"/>`),_i=E(_`<rect x="8.5" y="8.5" width="11" height="11" rx="2.2"/><path d="M15.5 8.5V6.7a2.2 2.2 0 0 0-2.2-2.2H6.7a2.2 2.2 0 0 0-2.2 2.2v6.6a2.2 2.2 0 0 0 2.2 2.2h1.8"/>`),yt=E(_`<path d="M5 12.5l4.5 4.5L19 7.5"/>`),$i=E(_`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`),bt=E(_`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.8v5M12 16.2h.01"/>`),ki=E(_`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>`),Ei=E(_`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM16 9.7l4.6 4.6M20.6 9.7L16 14.3"/>`),Ti=E(_`<path d="M13.5 3.5H7.2A2.2 2.2 0 0 0 5 5.7v12.6a2.2 2.2 0 0 0 2.2 2.2h9.6a2.2 2.2 0 0 0 2.2-2.2V9l-5.5-5.5Z"/><path d="M13.5 3.5V9H19"/>`);function Ai(s,e,t){let i=s.finalPrice<s.price,n=s.colours.length>1?s.colours.join(", "):"",r=/нет в наличии|под заказ|ожида/i.test(s.status);return l`<li class="card ${r?"gone":""}" part="card">
    <p class="card-name">${s.name}</p>
    ${n?l`<p class="card-note">${A(e.colours,{list:n})}</p>`:h}
    <p class="card-price">
      <strong>${Vt(s.price)}</strong>
      ${s.status?l`<span class="badge ${i?"sale":""}">${s.status}</span>`:h}
    </p>
    ${i?l`<p class="card-note final">${A(e.sale,{price:Vt(s.finalPrice)})}</p>`:h}
    <div class="card-foot">
      <span class="code">${e.code} <b>${s.code}</b></span>
      <button
        class="round small"
        type="button"
        aria-label=${A(e.copy,{code:s.code})}
        title=${A(e.copy,{code:s.code})}
        @click=${o=>t.copy(s.code,o.currentTarget.previousElementSibling?.firstElementChild??null)}
      >
        ${t.copied===s.code?yt:_i}
      </button>
      <button
        class="want"
        part="button want"
        type="button"
        aria-label=${A(e.wantLong,{name:s.name})}
        @click=${()=>t.want(s)}
      >
        ${e.want}
      </button>
    </div>
  </li>`}function Si(s,e,t,i){let[n,r]=pi(s.text,s.rows),o=`message ${s.from} ${e.first?"first":""} ${e.last?"last":""}`;return l`<div class=${o} data-id=${s.id}>
    ${s.from==="user"?h:l`<div class="side">${e.first?i.avatar:h}</div>`}
    <div class="column">
      ${nr(s,e,t)} ${rr(n)} ${or(s,t)} ${ar(s,t)}
      ${s.rows.length?l`<ul class="cards">
              ${ne(s.rows,(a,c)=>`${c} ${a.code}`,a=>Ai(a,t,i))}
            </ul>`:h}
      ${r?l`<p class="after">${Ri(r)}</p>`:h}
      ${s.consent&&!s.text.includes("/consent")?l`<a class="document" href=${i.consent} target="_blank" rel="noopener"
              >${t.consentAsked}<span class="hidden"> (${t.newTab})</span></a
            >`:h}
      ${e.open&&s.buttons.length?cr(s,i):h}
      ${e.last||s.state==="failed"||s.state==="sending"?lr(s,t,i):h}
    </div>
  </div>`}function nr(s,e,t){let i=s.from==="user"?t.you:s.from==="bot"?t.bot:s.name??t.managerName;return s.from==="manager"&&e.first?l`<p class="author">${i}</p>`:l`<span class="hidden">${i}: </span>`}function rr(s){return s?l`<p class="bubble" part="bubble">${Ri(s)}</p>`:h}function Ri(s){return ht(s).map(e=>typeof e=="string"?e:l`<a href=${e.href} target="_blank" rel="noopener noreferrer">${e.text}</a>`)}function or(s,e){let{image:t}=s;return t?l`<a class="whole" href=${t} target="_blank" rel="noopener noreferrer"
    ><img class="picture" src=${t} alt=${s.file?.name??e.photo} loading="lazy"
  /></a>`:h}function ar(s,e){let{file:t}=s;if(!t||s.image)return h;let i=t.size?pt(t.size,e.units.split("|")):"",n=l`${Ti}<span><b>${t.name}</b>${i?l`<small>${i}</small>`:h}</span>`;return t.url?l`<a class="bubble file" href=${t.url} target="_blank" rel="noopener noreferrer">${n}</a>`:l`<p class="bubble file">${n}</p>`}function cr(s,e){return l`<div class="buttons">
    ${s.buttons.map(t=>l`<button
          class="choice"
          part="button"
          type="button"
          @click=${()=>e.press(t.payload,t.title)}
        >
          ${t.title}
        </button>`)}
  </div>`}function lr(s,e,t){let i=new Date(s.at),n=l`<time datetime=${i.toISOString()}
    >${i.toLocaleTimeString(e.locale,{hour:"2-digit",minute:"2-digit"})}</time
  >`;if(s.state==="failed")return l`<p class="foot failed">
      ${bt}<span>${jt(s,e)}</span>
      ${s.final?h:l`<button class="again" type="button" @click=${()=>t.again(s)}>${e.again}</button>`}
    </p>`;let r=s.state==="sending"?l`<span class="state" title=${e.sending}>${$i}<span class="hidden">${e.sending}</span></span>`:s.state==="sent"?l`<span class="state" title=${e.sent}>${yt}<span class="hidden">${e.sent}</span></span>`:h;return l`<p class="foot">${s.progress===void 0?h:hr(s.progress,e)}${n}${r}</p>`}function hr(s,e){return l`<progress max="100" value=${Math.round(s*100)} aria-label=${e.sending}></progress>`}function jt({error:s,file:e},t){return s==="too_often"?t.tooOften:s&&/\s/.test(s)?s:e?t.fileFailed:t.failed}var Ci=dt(class extends se{constructor(s){if(super(s),s.type!==L.PROPERTY&&s.type!==L.ATTRIBUTE&&s.type!==L.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!fi(s))throw Error("`live` bindings can only contain a single expression")}render(s){return s}update(s,[e]){if(e===k||e===h)return e;let t=s.element,i=s.name;if(s.type===L.PROPERTY){if(e===t[i])return k}else if(s.type===L.BOOLEAN_ATTRIBUTE){if(!!e===t.hasAttribute(i))return k}else if(s.type===L.ATTRIBUTE&&t.getAttribute(i)===e+"")return k;return ut(s),e}});var pr=20*nt;function Oi(s,e,t){return l`<footer part="composer">
    <div role="status">
      ${s.problem?l`<p class="problem">${s.problem}</p>`:h}
      ${s.link?l`<p class="problem notice">
              ${e.linkReady}
              <a href=${s.link} target="_blank" rel="noopener">${e.linkOpen}</a>
            </p>`:h}
    </div>
    <form
      @submit=${i=>{i.preventDefault(),t.send()}}
    >
      ${s.files?dr(e,t):h}
      <textarea
        part="input"
        rows="1"
        maxlength=${pr}
        enterkeyhint="send"
        autocomplete="off"
        aria-label=${e.input}
        placeholder=${e.placeholder}
        .value=${Ci(s.draft)}
        @input=${i=>t.typed(i.target.value)}
        @keydown=${i=>{i.key!=="Enter"||i.shiftKey||i.isComposing||(i.preventDefault(),t.send())}}
        @paste=${i=>{let n=i.clipboardData?.files;!n?.length||!s.files||(i.preventDefault(),t.files(n))}}
      ></textarea>
      <button
        class="round send"
        part="button send"
        type="submit"
        aria-label=${e.send}
        title=${e.send}
        aria-disabled=${s.draft.trim()?"false":"true"}
      >
        ${vi}
      </button>
    </form>
    <p class="legal">
      <a href=${s.consent} target="_blank" rel="noopener noreferrer"
        >${e.consent}<span class="hidden"> (${e.newTab})</span></a
      >
    </p>
  </footer>`}function dr(s,e){return l`<input
      class="hidden"
      type="file"
      tabindex="-1"
      aria-hidden="true"
      multiple
      accept=${Fs}
      @change=${t=>{let i=t.target;i.files?.length&&e.files(i.files),i.value=""}}
    />
    <button
      class="round attach"
      type="button"
      aria-label=${s.attach}
      title=${s.attach}
      @click=${t=>t.currentTarget.previousElementSibling.click()}
    >
      ${gt}
    </button>`}function Pi(s,e,t){let i=s.sound?e.soundOff:e.soundOn;return l`<header part="header">
    <div class="who">
      ${s.avatar}
      <div class="titles">
        <h2 id="title">${e.title}</h2>
        <p class="subtitle">${s.subtitle}</p>
      </div>
      <button
        class="round"
        type="button"
        aria-label=${i}
        title=${i}
        @click=${()=>t.sound()}
      >
        ${s.sound?ki:Ei}
      </button>
      <button
        class="round"
        type="button"
        aria-label=${e.close}
        title=${e.close}
        @click=${()=>t.close()}
      >
        ${bi}
      </button>
    </div>
    <div class="pills">
      <button class="pill manager" part="button manager" type="button" @click=${()=>t.manager()}>
        ${xi}${e.manager}
      </button>
      ${s.telegram?l`<button
              class="pill telegram"
              part="button"
              type="button"
              aria-label=${e.telegramLong}
              @click=${()=>t.telegram()}
            >
              ${wi}${e.telegram}
            </button>`:h}
    </div>
  </header>`}function Mi(s,e){return l`<span class="avatar" part="avatar" aria-hidden="true"
    >${s?l`<img src=${s} alt="" />`:[...e][0]??""}</span
  >`}function Ni(s,e,t,i){let n=e?A(t.unread,{n:e}):"",r=s?t.close:t.open;return l`<button
      class="launcher"
      part="launcher"
      type="button"
      aria-haspopup="dialog"
      aria-expanded=${s}
      aria-label=${n?`${r}, ${n}`:r}
      @click=${i}
    >
      ${s?mt:yi}
      ${e?l`<span class="unread" aria-hidden="true">${Math.min(e,99)}</span>`:h}
    </button>
    <p class="hidden" role="status">${n}</p>`}function Li(s,e,t){return l`<div class="message bot first last">
    <div class="side">${s}</div>
    <div class="column">
      <p class="bubble" part="bubble">${e.greeting}</p>
      <div class="buttons">
        ${e.suggestions.split("|").filter(Boolean).map(i=>l`<button class="choice" part="button" type="button" @click=${()=>t(i)}>${i}</button>`)}
      </div>
    </div>
  </div>`}var ur=5*6e4;function Di(s,e,t){let i=s.map(n=>n.from).lastIndexOf("user");return l`${ne(s,n=>n.id,(n,r)=>{let o=s[r-1],a=s[r+1],c=!o||X(o.at)!==X(n.at),u={first:c||!Bi(o,n),last:!a||X(a.at)!==X(n.at)||!Bi(n,a),open:r>i};return l`${c?l`<p class="day"><span>${fr(n.at,e)}</span></p>`:h}
      ${Si(n,u,e,t)}`})}`}function Bi(s,e){return s!==void 0&&s.from===e.from&&s.name===e.name&&e.at-s.at<ur}function X(s){return new Date(s).toDateString()}function fr(s,e){let t=new Date;if(X(s)===t.toDateString())return e.today;if(X(s)===X(new Date(t).setDate(t.getDate()-1)))return e.yesterday;let i=new Date(s),n=i.getFullYear()===t.getFullYear()?void 0:"numeric";return i.toLocaleDateString(e.locale,{day:"numeric",month:"long",year:n})}function Ui(s,e,t){return l`<div class="middle">
    <div role="status">${s.away?mr(s.phone,e):h}</div>
    <div class="scroll" part="log" tabindex="0" role="region" aria-label=${e.log} @scroll=${t.moved}>
      ${s.messages.length?Di(s.messages,e,t):Li(t.avatar,e,t.ask)}
      ${s.typing?gr(s.slow,e):h}
    </div>
    ${s.follows?h:l`<button class="round below" type="button" aria-label=${e.toEnd} title=${e.toEnd} @click=${t.toEnd}>
            ${mt}${s.unseen?l`<span class="unread" aria-hidden="true">${s.unseen}</span>`:h}
          </button>`}
  </div>`}function mr(s,e){let[t]=s?ht(s):[],i=typeof t=="object"?l`<a href=${t.href}>${t.text}</a>`:l`<b>${s}</b>`;return l`<p class="banner">
    ${bt}<span>${e.offline} ${s?l`${e.call} ${i}`:h}</span>
  </p>`}function gr(s,e){return l`<p class="typing" aria-hidden="true">
    <i></i><i></i><i></i>${s?l`<span>${e.slow}</span>`:h}
  </p>`}function Hi(s,e,t,i){let n=r=>{!e.files||!r.dataTransfer?.types.includes("Files")||(r.preventDefault(),i.dropping(r.type==="dragover"),r.type==="drop"&&i.files(r.dataTransfer.files))};return l`<dialog
    part="panel"
    aria-labelledby="title"
    tabindex="-1"
    @cancel=${r=>{r.preventDefault(),i.close()}}
    @keydown=${r=>r.key==="Escape"&&!r.isComposing&&i.close()}
    @dragover=${n}
    @dragleave=${n}
    @drop=${n}
  >
    ${s}
    ${e.dropping?l`<p class="drop" aria-hidden="true">${gt}${t.fileDrop}</p>`:h}
    <div class="hidden" role="log" aria-live="polite" aria-relevant="additions" aria-label=${t.spoken}>
      ${ne(e.spoken,r=>r.id,r=>l`<p>${r.text}</p>`)}
    </div>
  </dialog>`}var yr=2e3,Re=class Re extends B{constructor(){super(...arguments);this.scrolling=new ct;this.announcer=new We;this.place=new ot(()=>this.find("dialog"));this.isOpen=!1;this.dropping=!1;this.copied="";this.away=new AbortController}connectedCallback(){this.settings||this.begin(),super.connectedCallback();let{signal:t}=this.away=new AbortController;this.storage.onChange(()=>this.requestUpdate(),t),this.place.follow(()=>this.isOpen&&this.place.show(),t),document.addEventListener("visibilitychange",()=>this.read(),{signal:t}),this.chat.known&&this.chat.start(),this.beginsOpen()&&this.updateComplete.then(()=>this.open({focus:!1}))}disconnectedCallback(){super.disconnectedCallback(),this.away.abort()}open({focus:t=!0}={}){this.isOpen||(this.isOpen=!0,this.storage.set("open","yes"),this.scrolling.goToEnd(),this.chat.start(),this.place.show(),this.read(),this.requestUpdate(),this.tell("open")),t&&this.focusInside()}close(){this.isOpen&&(this.isOpen=!1,this.storage.set("open","no"),this.place.hide(),this.requestUpdate(),this.updateComplete.then(()=>this.find(".launcher").focus()),this.tell("close"))}ask(t){this.open(),t.trim()&&this.say(t.trim())}firstUpdated(){this.place.fit()}updated(t){this.scrolling.settle(this.find(".scroll"));let i=this.find("textarea");i.style.height="",this.composing.draft&&(i.style.height=`${Math.min(i.scrollHeight,120)}px`)}render(){let{words:t,position:i,theme:n}=this.settings,r=this.isOpen?0:this.reading.unread(this.chat.messages),o=a=>a.stopPropagation();return l`<section
      class="${i} ${n}"
      lang=${t.locale}
      dir="ltr"
      aria-label=${t.chat}
      @keydown=${o}
      @keyup=${o}
      @keypress=${o}
    >
      ${Ni(this.isOpen,r,t,()=>this.isOpen?this.close():this.open())} ${this.renderPanel()}
    </section>`}renderPanel(){let{chat:t,composing:i,settings:n,sound:r}=this,{words:o,files:a,consent:c,phone:u}=n,f=Mi(n.avatar,o.title),p=n.telegram&&t.telegram,{follows:m,unseen:g}=this.scrolling,{messages:v,away:S,typing:re,slow:Oe}=t,{draft:qi,problem:Wi,link:Fi}=i,zi=[Pi({subtitle:this.subtitle(),sound:r.on,telegram:p,avatar:f},o,{manager:()=>this.say(o.manager),telegram:()=>{this.toTelegram()},sound:()=>this.toggleSound(),close:()=>this.close()}),Ui({messages:v,away:S,typing:re,slow:Oe,phone:u,follows:m,unseen:g},o,this.actions(f)),Oi({draft:qi,problem:Wi,link:Fi,files:a,consent:c},o,{typed:q=>this.typed(q),send:()=>this.send(),files:q=>this.sendFiles(q)})];return Hi(zi,{files:a,dropping:this.dropping,spoken:this.announcer.lines},o,{close:()=>this.close(),dropping:q=>this.drop(q),files:q=>this.sendFiles(q)})}actions(t){return{copied:this.copied,consent:this.settings.consent,avatar:t,copy:(i,n)=>{this.copy(i,n)},want:i=>this.want(i),press:(i,n)=>this.choose(i,n),ask:i=>this.choose(i,i),again:i=>this.again(i),moved:()=>this.scrolling.moved(this.find(".scroll"))&&this.requestUpdate(),toEnd:()=>this.goToEnd()}}subtitle(){let{words:t}=this.settings,i=this.chat.messages[this.chat.messages.length-1];return!this.chat.connected&&!this.chat.away&&this.isOpen?t.connecting:i?.from==="manager"&&i.name?`${i.name}, ${t.managerName.toLowerCase()}`:t.subtitle}send(){let t=this.composing.draft.trim();if(t){if(t.length>nt){this.complain(this.settings.words.tooLong);return}this.composing.draft="",this.say(t),this.find("textarea").focus()}}say(t,i=t){this.composing.clear(),this.scrolling.goToEnd(),this.chat.say(t,i),this.tell("message")}choose(t,i){this.say(t,i),this.focusInside()}again(t){this.chat.again(t),this.focusInside()}want(t){this.say(A(this.settings.words.wantText,{name:t.name,code:t.code}))}typed(t){this.composing.draft=t,this.requestUpdate()}async copy(t,i){let{words:n}=this.settings;if(!await Ks(t,i)){this.complain(n.copyFailed);return}this.copied=t,this.announcer.say(A(n.copied,{code:t})),this.requestUpdate(),setTimeout(()=>{this.copied="",this.requestUpdate()},yr)}sendFiles(t){let{words:i}=this.settings;this.composing.clear();for(let n of t){let r=zs(n);if(r){let o=pt(qt,i.units.split("|"));this.complain(A(i[r],{max:o}))}else this.scrolling.goToEnd(),this.chat.sendFile(n)}}async toTelegram(){this.composing.link=await this.chat.telegramLink()??"",this.complain(this.composing.link?"":this.settings.words.linkFailed)}complain(t){this.composing.problem=t,this.requestUpdate()}drop(t){t!==this.dropping&&(this.dropping=t,this.requestUpdate())}toggleSound(){this.sound.toggle(),this.requestUpdate()}goToEnd(){this.scrolling.goToEnd(),this.requestUpdate(),this.find(".scroll").focus()}changed(t){let{words:i}=this.settings;if(t==="answer"&&this.answered(this.chat.messages.find(n=>n===this.chat.latest)),t==="slow"&&this.announcer.say(i.slow),t==="failed"){let n=this.chat.messages.filter(r=>r.state==="failed").pop();n&&this.announcer.say(jt(n,i))}(t==="messages"||t==="answer")&&this.read(),this.requestUpdate()}answered(t){if(!t)return;let{words:i}=this.settings,n=t.from==="manager"?t.name??i.managerName:i.bot;this.announcer.say(`${n}: ${t.text||(t.file?.name??i.photo)}`),this.scrolling.came(),this.sound.chime(),this.tell("answer")}read(){this.isOpen&&!document.hidden&&this.reading.read(this.chat.messages)}beginsOpen(){let t=this.storage.get("open");return!this.place.small&&(t?t==="yes":this.settings.open)}begin(){let t=r=>console.warn(`OptFM: ${r}`);this.settings=Qs({...this.dataset},Re.origin,t);let{server:i,color:n}=this.settings;this.storage=new Se(i),this.sound=new lt(this.storage),this.reading=new at(this.storage),this.composing=new rt(new Se(i,"sessionStorage")),this.chat=new it(i,this.storage,r=>this.changed(r)),Ys(this,n)}focusInside(){let t=matchMedia("(hover: hover)").matches;this.updateComplete.then(()=>this.find(t?"textarea":"dialog").focus())}tell(t){this.dispatchEvent(new CustomEvent(`optfm-${t}`,{bubbles:!0,composed:!0}))}find(t){return this.renderRoot.querySelector(t)}};Re.styles=ci,Re.origin="";var Ce=Re;var Kt=document.currentScript??document.querySelector('script[src*="/widget.js"]');function Ii(){if(document.querySelector("optfm-chat"))return;let s=document.createElement("optfm-chat");for(let[e,t]of Object.entries(Kt?.dataset??{}))s.dataset[e]=t;document.body.append(s)}function br(s){let e=s.target?.closest?.("[data-optfm-ask]"),t=document.querySelector("optfm-chat");!e||!t||(s.preventDefault(),t.ask(e.getAttribute("data-optfm-ask")??""))}customElements.get("optfm-chat")?console.warn("OptFM: widget.js подключён к странице дважды, второй не нужен"):(Ce.origin=Kt?.src?new URL(Kt.src).href.replace(/\/[^/]*$/,""):location.origin,customElements.define("optfm-chat",Ce),document.addEventListener("click",br),document.body?Ii():document.addEventListener("DOMContentLoaded",Ii));})();
